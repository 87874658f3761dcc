using System.Text.Json;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Reads the members <c>factories</c> and <c>hubs</c> of a registry.</summary>
internal static class PoolUniverseReader
{
    /// <summary>Factories of one chain. Each costs a lookup for each pair that is traded.</summary>
    private const int MaxFactories = 32;

    /// <summary>Fees of one factory.</summary>
    private const int MaxTiers = 16;

    /// <summary>Hubs of one chain.</summary>
    private const int MaxHubs = 8;

    /// <exception cref="RegistryException">An entry is not valid.</exception>
    public static SortedDictionary<ChainId, PoolUniverse> Read(JsonElement root)
    {
        var factories = new SortedDictionary<ChainId, List<PoolFactory>>();
        foreach (var item in root.Items("factories"))
        {
            var factory = ReadFactory(item);
            foreach (var chain in RegistryJson.ChainsOf(item))
            {
                var known = ListOf(factories, chain);
                known.Add(factory);
                Bound(known.Count, MaxFactories, $"factories of chain {chain}");
            }
        }

        var hubs = new SortedDictionary<ChainId, List<Address>>();
        foreach (var chain in root.Members("hubs"))
        {
            var tokens = ListOf(hubs, RegistryJson.ChainOf(chain, "hubs"));
            tokens.AddRange(chain.Value.EnumerateArray().Select(static token => RegistryJson.ParseAddress(token.GetString(), "'hubs'")));
            Bound(tokens.Count, MaxHubs, $"hubs of chain {chain.Name}");
        }

        var universes = new SortedDictionary<ChainId, PoolUniverse>();
        foreach (var chain in factories.Keys.Union(hubs.Keys).ToList())
        {
            universes.Add(chain, new PoolUniverse(ListOf(factories, chain), ListOf(hubs, chain)));
        }

        return universes;
    }

    private static PoolFactory ReadFactory(JsonElement item)
    {
        string name = item.Text("name");
        var form = item.Text("form") switch
        {
            "pair" => PoolForm.Pair,
            "ticks" => PoolForm.Ticks,
            string other => throw new RegistryException($"'{other}' is not a valid form of factory '{name}': expected pair or ticks."),
        };
        string hash = item.Text("initCodeHash");
        PoolTier[] tiers = [.. item.Items("tiers").Select(tier => ReadTier(tier, form, name))];
        Bound(tiers.Length, MaxTiers, $"tiers of factory '{name}'");
        if (tiers.Length == 0 || (form == PoolForm.Pair && tiers.Length > 1))
        {
            throw new RegistryException($"Factory '{name}' has {tiers.Length} tiers: expected one for pairs, and at least one for ticks.");
        }

        return new PoolFactory(
            RegistryJson.ParseAddress(item.Text("address"), $"factory '{name}'"),
            item.Text("protocol"),
            form,
            Hash256.TryParse(hash, out var initCode) ? initCode : throw new RegistryException($"'{hash}' of factory '{name}' is not a valid hash: expected 0x and 64 hex digits."),
            tiers);
    }

    private static PoolTier ReadTier(JsonElement item, PoolForm form, string factory)
    {
        var tier = new PoolTier(item.Required("fee").GetUInt32(), item.Required("of").GetUInt32(), item.Optional("spacing")?.GetInt32() ?? 0);
        bool isOfForm = form == PoolForm.Ticks ? tier.Of == TickFees.Whole && tier.Spacing is >= 1 and < 1 << 15 : tier.Spacing == 0;
        return tier.Fee < tier.Of && isOfForm
            ? tier
            : throw new RegistryException($"Fee {tier.Fee} of {tier.Of} with spacing {tier.Spacing} is not a valid tier of factory '{factory}': expected a fee below the whole, and for ticks alone a whole of {TickFees.Whole} and a spacing of 1 to 32767.");
    }

    private static List<T> ListOf<T>(SortedDictionary<ChainId, List<T>> lists, ChainId chain)
    {
        if (!lists.TryGetValue(chain, out var list))
        {
            list = [];
            lists.Add(chain, list);
        }

        return list;
    }

    private static void Bound(int count, int most, string what)
    {
        if (count > most)
        {
            throw new RegistryException($"The registry has {count} {what}: the limit is {most}.");
        }
    }
}
