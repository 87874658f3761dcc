using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Reads the contracts and pools of a registry.</summary>
/// <remarks>Confined to one file.</remarks>
/// <param name="abis">The ABIs of the file.</param>
internal sealed class ContractReader(SortedDictionary<string, RegistryAbi> abis)
{
    /// <summary>Functions of all different sets of ABIs that contracts name. A few ABIs make more sets than there is memory for.</summary>
    private const int MaxFunctionsOfSets = 10 * RegistryReader.MaxEntries;

    private readonly SortedDictionary<string, FunctionTable> _sets = new(StringComparer.Ordinal);
    private int _functionsOfSets;

    /// <summary>The contracts, then the pools.</summary>
    /// <param name="root">The file.</param>
    /// <param name="unread">Takes the pools that a contract of the file stands for.</param>
    public IReadOnlyList<NamedContract> Read(JsonElement root, List<UnreadEntry> unread)
    {
        var contracts = new List<NamedContract>();
        foreach (var contract in root.Items("contracts"))
        {
            string name = contract.Text("name");
            var address = RegistryJson.ParseAddress(contract.Text("address"), $"contract '{name}'");
            var from = new BlockNumber(contract.Optional("fromBlock") is { } block ? block.GetUInt64() : 0);
            var (names, functions) = FunctionsOf(contract, name);
            var tokens = TokensOf(contract.Items("tokens"), $"the tokens of '{name}'");
            foreach (var chain in RegistryJson.ChainsOf(contract))
            {
                RegistryReader.Bound(contracts.Count + 1, "contracts");
                contracts.Add(new NamedContract(new ContractEntry(new ContractKey(chain, address), from, name, contract.Text("protocol"), contract.Text("kind"), functions) { Tokens = tokens }, names));
            }
        }

        RejectDuplicates(contracts);
        AddPools(root, contracts, unread);
        return contracts;
    }

    /// <summary>Pools of which the tokens are known. A contract that has an entry of its own keeps it.</summary>
    private void AddPools(JsonElement root, List<NamedContract> contracts, List<UnreadEntry> unread)
    {
        var known = new SortedSet<ContractKey>(contracts.Select(static contract => contract.Entry.Contract));
        int count = contracts.Count;
        foreach (var group in root.Items("pools"))
        {
            string name = group.Text("name");
            var (names, functions) = FunctionsOf(group, name);
            foreach (var pool in group.Members("tokens"))
            {
                var tokens = TokensOf(pool.Value.EnumerateArray(), $"pool {pool.Name}");
                var address = RegistryJson.ParseAddress(pool.Name, $"pool of '{name}'");
                foreach (var chain in RegistryJson.ChainsOf(group))
                {
                    RegistryReader.Bound(++count, "contracts");
                    var key = new ContractKey(chain, address);
                    if (known.Add(key))
                    {
                        contracts.Add(new NamedContract(new ContractEntry(key, default, name, group.Text("protocol"), "pool", functions) { Tokens = tokens }, names));
                    }
                    else
                    {
                        unread.Add(new UnreadEntry("pool", $"{address} of chain {chain}", "the contract has another entry"));
                    }
                }
            }
        }
    }

    private static Address[] TokensOf(IEnumerable<JsonElement> tokens, string owner) => [.. tokens.Select(token => RegistryJson.ParseAddress(token.GetString(), owner))];

    private static void RejectDuplicates(List<NamedContract> contracts)
    {
        ContractEntry? last = null;
        foreach (var entry in contracts.Select(static contract => contract.Entry).OrderBy(static entry => entry.Contract).ThenBy(static entry => entry.FromBlock))
        {
            if (last is not null && last.Contract == entry.Contract && last.FromBlock == entry.FromBlock)
            {
                throw new RegistryException($"Contract {entry.Contract.Address} of chain {entry.Contract.Chain} has two entries from block {entry.FromBlock}: '{last.Name}' and '{entry.Name}'.");
            }

            last = entry;
        }
    }

    /// <summary>Contracts that name the same ABIs share a table.</summary>
    private (string[] Names, FunctionTable Functions) FunctionsOf(JsonElement contract, string name)
    {
        string[] names = [.. contract.Items("abis").Select(static abi => abi.GetString() ?? string.Empty)];
        string set = string.Join('\n', names);
        if (!_sets.TryGetValue(set, out var functions))
        {
            functions = Join(names, name);
            _sets.Add(set, functions);
        }

        return (names, functions);
    }

    private FunctionTable Join(string[] names, string contract)
    {
        var functions = new List<FunctionEntry>();
        foreach (string abi in names)
        {
            var found = abis.TryGetValue(abi, out var named) ? named : throw new RegistryException($"Contract '{contract}' names the ABI '{abi}', which the registry does not have.");
            functions.AddRange(found.Functions);
            _functionsOfSets += found.Functions.Count;
            if (_functionsOfSets > MaxFunctionsOfSets)
            {
                throw new RegistryException($"The ABIs that contracts name have more than {MaxFunctionsOfSets} functions, counted once for each set of ABIs.");
            }
        }

        RegistryReader.RejectDuplicates(contract, functions);
        return new FunctionTable(functions);
    }
}
