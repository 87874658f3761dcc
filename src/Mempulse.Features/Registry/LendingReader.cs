using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Reads the member <c>markets</c> of a registry.</summary>
internal static class LendingReader
{
    /// <summary>Markets of one chain. Each costs a comparison for each event of a block.</summary>
    private const int MaxMarkets = 16;

    /// <exception cref="RegistryException">An entry is not valid.</exception>
    public static SortedDictionary<ChainId, IReadOnlyList<LendingContract>> Read(JsonElement root)
    {
        var markets = new SortedDictionary<ChainId, IReadOnlyList<LendingContract>>();
        foreach (var item in root.Items("markets"))
        {
            var market = ReadMarket(item);
            foreach (var chain in RegistryJson.ChainsOf(item))
            {
                var known = markets.TryGetValue(chain, out var before) ? before : [];
                if (known.Any(other => other.Contract == market.Contract))
                {
                    throw new RegistryException($"Market {market.Contract} of chain {chain} is there twice.");
                }

                markets[chain] = [.. known.Append(market).OrderBy(static each => each.Contract)];
                if (markets[chain].Count > MaxMarkets)
                {
                    throw new RegistryException($"The registry has {markets[chain].Count} markets of chain {chain}: the limit is {MaxMarkets}.");
                }
            }
        }

        return markets;
    }

    private static LendingContract ReadMarket(JsonElement item)
    {
        string name = item.Text("name");
        var form = item.Text("form") switch
        {
            "aave-v3" => LendingForm.AaveV3,
            "compound-v3" => LendingForm.CompoundV3,
            string other => throw new RegistryException($"'{other}' is not a valid form of market '{name}': expected aave-v3 or compound-v3."),
        };
        return new LendingContract(RegistryJson.ParseAddress(item.Text("address"), $"market '{name}'"), name, item.Text("protocol"), form, OracleOf(item, form, name));
    }

    private static Address OracleOf(JsonElement item, LendingForm form, string name)
    {
        if (form != LendingForm.CompoundV3)
        {
            return RegistryJson.ParseAddress(item.Text("oracle"), $"the oracle of market '{name}'");
        }

        return item.Optional("oracle") is null ? default : throw new RegistryException($"Market '{name}' cannot have an oracle: a market of Compound V3 prices its tokens itself. Remove it.");
    }
}
