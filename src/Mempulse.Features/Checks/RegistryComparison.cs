using System.Globalization;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Checks;

/// <summary>Compares two versions of a registry, entry by entry.</summary>
public static class RegistryComparison
{
    /// <summary>What changed: layouts with their functions and commands, then contracts, selectors and wrapped tokens; each in the order of its name.</summary>
    public static IEnumerable<RegistryChange> Changes(RegistryContent before, RegistryContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Compare("layout", Layouts(before), Layouts(after))
            .Concat(Compare("function", Functions(before), Functions(after)))
            .Concat(Compare("contract", Contracts(before), Contracts(after)))
            .Concat(Compare("selector", Selectors(before), Selectors(after)))
            .Concat(Compare("wrappedEther", WrappedEther(before), WrappedEther(after)))
            .Concat(Compare("factory", Factories(before), Factories(after)))
            .Concat(Compare("hubs", Hubs(before), Hubs(after)))
            .Concat(Compare("market", Markets(before), Markets(after)));
    }

    private static IEnumerable<RegistryChange> Compare(string part, SortedDictionary<string, string> before, SortedDictionary<string, string> after)
    {
        foreach (string name in new SortedSet<string>(before.Keys.Concat(after.Keys), StringComparer.Ordinal))
        {
            bool was = before.TryGetValue(name, out string? old);
            bool isThere = after.TryGetValue(name, out string? now);
            if (was != isThere || old != now)
            {
                var kind = !was ? ChangeKind.Added : !isThere ? ChangeKind.Removed : ChangeKind.Changed;
                yield return new RegistryChange(kind, part, name, old ?? string.Empty, now ?? string.Empty);
            }
        }
    }

    private static SortedDictionary<string, string> Layouts(RegistryContent content)
    {
        var layouts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var abi in content.Abis)
        {
            layouts[$"abi {abi.Name}"] = abi.IsBySelector ? "recognised by selector" : "recognised at its contracts";
        }

        foreach (var table in content.Tables)
        {
            layouts[$"commandTable {table.Name}"] = string.Create(NumberFormatInfo.InvariantInfo, $"mask 0x{table.Mask:x2}, recipients {table.Recipients}");
        }

        return layouts;
    }

    private static SortedDictionary<string, string> Functions(RegistryContent content)
    {
        var functions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var abi in content.Abis)
        {
            foreach (var function in abi.Functions)
            {
                functions[string.Create(NumberFormatInfo.InvariantInfo, $"{abi.Name} 0x{function.Selector:x8}")] = $"{function.Protocol} {EntryText.Of(function)}";
            }
        }

        foreach (var table in content.Tables)
        {
            foreach (var command in table.Entries)
            {
                functions[string.Create(NumberFormatInfo.InvariantInfo, $"{table.Name} 0x{command.Key:x2}")] = $"{command.Value.Protocol} {EntryText.Of(command.Value)}";
            }
        }

        return functions;
    }

    private static SortedDictionary<string, string> Contracts(RegistryContent content)
    {
        var contracts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var contract in content.Contracts)
        {
            var entry = contract.Entry;
            contracts[$"{entry.Contract.Address} of chain {entry.Contract.Chain} from block {entry.FromBlock}"] = EntryText.Of(contract);
        }

        return contracts;
    }

    /// <summary>Functions that are known by selector alone; those of ABIs are among the functions.</summary>
    private static SortedDictionary<string, string> Selectors(RegistryContent content)
    {
        var selectors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var function in content.BySelector)
        {
            if (function.Layout == FunctionEntry.SelectorLayout)
            {
                selectors[function.Function.Signature] = $"{function.Protocol} {EntryText.Of(function)}";
            }
        }

        return selectors;
    }

    private static SortedDictionary<string, string> WrappedEther(RegistryContent content)
    {
        var tokens = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in content.WrappedEther)
        {
            tokens[$"chain {token.Key}"] = token.Value.ToString();
        }

        return tokens;
    }

    private static SortedDictionary<string, string> Factories(RegistryContent content)
    {
        var factories = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (chain, pools) in content.Pools)
        {
            foreach (var factory in pools.Factories)
            {
                factories[$"{factory.Contract} of chain {chain}"] =
                    $"{factory.Protocol}, {factory.Form}, init code {factory.InitCodeHash}, {string.Join(", ", factory.Tiers.Select(static tier => $"{tier.Fee}/{tier.Of}/{tier.Spacing}"))}";
            }
        }

        return factories;
    }

    private static SortedDictionary<string, string> Markets(RegistryContent content)
    {
        var markets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (chain, known) in content.Markets)
        {
            foreach (var market in known)
            {
                markets[$"{market.Contract} of chain {chain}"] = $"{market.Protocol}, {market.Form}, oracle {market.Oracle}";
            }
        }

        return markets;
    }

    private static SortedDictionary<string, string> Hubs(RegistryContent content)
    {
        var hubs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (chain, pools) in content.Pools)
        {
            hubs[$"chain {chain}"] = string.Join(", ", pools.Hubs);
        }

        return hubs;
    }
}
