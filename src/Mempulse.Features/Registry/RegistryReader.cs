using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Registry;

/// <summary>Reads a registry file: JSON, as docs/formats/registry.md describes it.</summary>
/// <remarks>A file is used as a whole or not at all. The first fault ends the reading, and its message names the entry.</remarks>
public static class RegistryReader
{
    /// <summary>The format that this reader knows.</summary>
    public const int Format = 1;

    /// <summary>Bytes of a file.</summary>
    public const int MaxFileBytes = 32 << 20;

    /// <summary>Contracts, selectors, and functions of ABIs and command tables; each at most this many.</summary>
    public const int MaxEntries = 100_000;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="RegistryException">The bytes are not a registry of this format.</exception>
    public static ContractRegistry Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxFileBytes)
        {
            throw new RegistryException($"A registry of {json.Length} bytes is too large: the limit is {MaxFileBytes}.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return Build(document.RootElement, Keccak256.Hash(json.Span));
        }
        catch (JsonException e)
        {
            throw new RegistryException($"The registry is not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new RegistryException($"The registry has a value of another type than the format states: {e.Message}", e);
        }
    }

    private static ContractRegistry Build(JsonElement root, Hash256 hash)
    {
        if (root.Required("format").GetInt32() != Format)
        {
            throw new RegistryException($"The registry has format {root.Required("format")}: this version reads format {Format}.");
        }

        var tables = ReadTables(root);
        var abis = new SortedDictionary<string, List<FunctionEntry>>(StringComparer.Ordinal);
        var bySelector = new List<FunctionEntry>();
        foreach (var abi in root.Members("abis"))
        {
            var functions = abi.Value.Items("functions").Select(function => FunctionReader.Read(function, abi.Name, abi.Value.Text("protocol"), RecipientsOf(abi.Value), tables)).ToList();
            RejectDuplicates(abi.Name, functions);
            abis.Add(abi.Name, functions);
            if (abi.Value.Optional("bySelector") is { ValueKind: JsonValueKind.True })
            {
                bySelector.AddRange(functions);
            }
        }

        int functionCount = abis.Values.Sum(static functions => functions.Count);
        Bound(functionCount, "functions");
        return new ContractRegistry(hash, ReadContracts(root, abis), ReadSelectors(root, bySelector), ReadWrappedEther(root));
    }

    private static SortedDictionary<string, CommandTable> ReadTables(JsonElement root)
    {
        var tables = new SortedDictionary<string, CommandTable>(StringComparer.Ordinal);
        foreach (var table in root.Members("commandTables"))
        {
            tables.Add(table.Name, new CommandTable(table.Name, HexByte(table.Value.Text("mask"), table.Name), RecipientsOf(table.Value)));
        }

        // A command may carry commands of its own table, so the tables exist before their commands are read.
        foreach (var table in root.Members("commandTables"))
        {
            foreach (var command in table.Value.Members("commands"))
            {
                var entry = FunctionReader.Read(command.Value, table.Name, table.Value.Text("protocol"), tables[table.Name].Recipients, tables);
                if (!tables[table.Name].TryAdd(HexByte(command.Name, table.Name), entry))
                {
                    throw new RegistryException($"Command {command.Name} of '{table.Name}' is outside of the mask, or there twice.");
                }
            }
        }

        return tables;
    }

    private static LookupTable<ContractKey, ContractHistory> ReadContracts(
        JsonElement root, SortedDictionary<string, List<FunctionEntry>> abis)
    {
        var contracts = new List<ContractEntry>();
        foreach (var contract in root.Items("contracts"))
        {
            Bound(contracts.Count + 1, "contracts");
            string name = contract.Text("name");
            var address = ParseAddress(contract.Text("address"), $"contract '{name}'");
            var from = new BlockNumber(contract.Optional("fromBlock") is { } block ? block.GetUInt64() : 0);
            var functions = FunctionsOf(contract, name, abis);
            foreach (var chain in ChainsOf(contract))
            {
                contracts.Add(new ContractEntry(new ContractKey(chain, address), from, name, contract.Text("protocol"), contract.Text("kind"), functions) { Tokens = TokensOf(contract) });
            }
        }

        AddPools(root, abis, contracts);

        var table = new LookupTable<ContractKey, ContractHistory>();
        foreach (var history in contracts.GroupBy(static contract => contract.Contract))
        {
            table.Add(new ContractHistory(history.Key, InOrder([.. history.OrderBy(static contract => contract.FromBlock)])));
        }

        return table;
    }

    /// <summary>Pools of which the tokens are known. A contract that has an entry of its own keeps it.</summary>
    private static void AddPools(JsonElement root, SortedDictionary<string, List<FunctionEntry>> abis, List<ContractEntry> contracts)
    {
        var known = new SortedSet<ContractKey>(contracts.Select(static contract => contract.Contract));
        foreach (var group in root.Items("pools"))
        {
            string name = group.Text("name");
            var functions = FunctionsOf(group, name, abis);
            foreach (var pool in group.Members("tokens"))
            {
                Bound(contracts.Count + 1, "contracts");
                var tokens = pool.Value.EnumerateArray().Select(token => ParseAddress(token.GetString() ?? string.Empty, $"pool {pool.Name}")).ToArray();
                foreach (var chain in ChainsOf(group))
                {
                    var key = new ContractKey(chain, ParseAddress(pool.Name, $"pool of '{name}'"));
                    if (known.Add(key))
                    {
                        contracts.Add(new ContractEntry(key, default, name, group.Text("protocol"), "pool", functions) { Tokens = tokens });
                    }
                }
            }
        }
    }

    private static Address[] TokensOf(JsonElement contract) =>
        [.. contract.Items("tokens").Select(token => ParseAddress(token.GetString() ?? string.Empty, $"the tokens of '{contract.Text("name")}'"))];

    private static SortedDictionary<ChainId, Address> ReadWrappedEther(JsonElement root)
    {
        var tokens = new SortedDictionary<ChainId, Address>();
        foreach (var chain in root.Members("wrappedEther"))
        {
            tokens.Add(
                ulong.TryParse(chain.Name, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong id) ? new ChainId(id) : throw new RegistryException($"'{chain.Name}' in 'wrappedEther' is not a valid chain id: expected decimal digits."),
                ParseAddress(chain.Value.GetString() ?? string.Empty, "'wrappedEther'"));
        }

        return tokens;
    }

    private static Address ParseAddress(string text, string owner) =>
        Address.TryParse(text, out var address) ? address : throw new RegistryException($"'{text}' of {owner} is not a valid address: expected 0x and 40 hex digits.");

    private static IEnumerable<ChainId> ChainsOf(JsonElement contract) =>
        contract.Optional("chains") is { } chains ? chains.EnumerateArray().Select(static chain => new ChainId(chain.GetUInt64())) : [new ChainId(1)];

    private static ContractEntry[] InOrder(ContractEntry[] entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].FromBlock == entries[i - 1].FromBlock)
            {
                throw new RegistryException($"Contract {entries[i].Contract.Address} of chain {entries[i].Contract.Chain} has two entries from block {entries[i].FromBlock}: '{entries[i - 1].Name}' and '{entries[i].Name}'.");
            }
        }

        return entries;
    }

    private static FunctionTable FunctionsOf(JsonElement contract, string name, SortedDictionary<string, List<FunctionEntry>> abis)
    {
        var functions = new List<FunctionEntry>();
        foreach (var abi in contract.Items("abis"))
        {
            string abiName = abi.GetString() ?? string.Empty;
            functions.AddRange(abis.TryGetValue(abiName, out var found)
                ? found
                : throw new RegistryException($"Contract '{name}' names the ABI '{abiName}', which the registry does not have."));
        }

        RejectDuplicates(name, functions);
        return new FunctionTable(functions);
    }

    private static LookupTable<uint, SelectorEntry> ReadSelectors(JsonElement root, List<FunctionEntry> functions)
    {
        var known = new SortedSet<string>(functions.Select(static function => function.Function.Signature), StringComparer.Ordinal);
        foreach (var selector in root.Items("selectors"))
        {
            Bound(functions.Count + 1, "selectors");
            var entry = FunctionReader.ReadSelector(selector);
            if (known.Add(entry.Function.Signature))
            {
                functions.Add(entry);
            }
        }

        var table = new LookupTable<uint, SelectorEntry>();
        foreach (var group in functions.GroupBy(static function => function.Selector))
        {
            table.Add(new SelectorEntry(
                group.Key,
                [.. group.OrderBy(static function => function.Function.Signature, StringComparer.Ordinal).ThenBy(static function => function.Layout, StringComparer.Ordinal)]));
        }

        return table;
    }

    private static void RejectDuplicates(string owner, List<FunctionEntry> functions)
    {
        var seen = new SortedDictionary<uint, string>();
        foreach (var function in functions)
        {
            if (seen.TryGetValue(function.Selector, out string? other))
            {
                throw new RegistryException($"'{owner}' has two functions with selector 0x{function.Selector:x8}: {other} and {function.Function.Signature}.");
            }

            seen.Add(function.Selector, function.Function.Signature);
        }
    }

    private static RecipientWords RecipientsOf(JsonElement owner) =>
        owner.Optional("routerRecipients") is { ValueKind: JsonValueKind.True } ? RecipientWords.Router : RecipientWords.Accounts;

    private static byte HexByte(string text, string owner) =>
        byte.TryParse(text.AsSpan(text.StartsWith("0x", StringComparison.Ordinal) ? 2 : 0), NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo, out byte value)
            ? value
            : throw new RegistryException($"'{text}' in '{owner}' is not a valid byte: expected two hex digits.");

    private static void Bound(int count, string what)
    {
        if (count > MaxEntries)
        {
            throw new RegistryException($"The registry has more than {MaxEntries} {what}.");
        }
    }
}
