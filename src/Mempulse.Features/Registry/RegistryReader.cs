using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

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

    /// <summary>Functions that one selector may call at a contract that is not known.</summary>
    public const int MaxFunctionsOfSelector = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="RegistryException">The bytes are not a registry of this format.</exception>
    public static ContractRegistry Read(ReadOnlyMemory<byte> json) => ReadContent(json).ToRegistry();

    /// <summary>Reads the entries of a file.</summary>
    /// <exception cref="RegistryException">The bytes are not a registry of this format.</exception>
    public static RegistryContent ReadContent(ReadOnlyMemory<byte> json)
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
        catch (FormatException e)
        {
            throw new RegistryException($"The registry has a number that is not valid: {e.Message}", e);
        }
    }

    private static RegistryContent Build(JsonElement root, Hash256 hash)
    {
        if (root.Required("format").GetInt32() != Format)
        {
            throw new RegistryException($"The registry has format {root.Required("format")}: this version reads format {Format}.");
        }

        var tables = ReadTables(root);
        var abis = ReadAbis(root, tables);
        var unread = new List<UnreadEntry>();
        var contracts = new ContractReader(abis).Read(root, unread);
        return new RegistryContent
        {
            ContentHash = hash,
            Abis = [.. abis.Values],
            Tables = [.. tables.Values],
            Contracts = contracts,
            BySelector = ReadSelectors(root, abis, unread),
            WrappedEther = ReadWrappedEther(root),
            Pools = PoolUniverseReader.Read(root),
            Markets = LendingReader.Read(root),
            Unread = unread,
        };
    }

    private static SortedDictionary<string, RegistryAbi> ReadAbis(JsonElement root, SortedDictionary<string, CommandTable> tables)
    {
        var abis = new SortedDictionary<string, RegistryAbi>(StringComparer.Ordinal);
        int count = 0;
        foreach (var abi in root.Members("abis"))
        {
            var functions = new List<FunctionEntry>();
            foreach (var function in abi.Value.Items("functions"))
            {
                Bound(++count, "functions");
                functions.Add(FunctionReader.Read(function, abi.Name, abi.Value.Text("protocol"), RecipientsOf(abi.Value), tables));
            }

            RejectDuplicates(abi.Name, functions);
            if (abis.ContainsKey(abi.Name))
            {
                throw new RegistryException($"The ABI '{abi.Name}' is there twice.");
            }

            abis.Add(abi.Name, new RegistryAbi(abi.Name, functions, abi.Value.Optional("bySelector") is { ValueKind: JsonValueKind.True }));
            Bound(abis.Count, "ABIs");
        }

        return abis;
    }

    private static SortedDictionary<string, CommandTable> ReadTables(JsonElement root)
    {
        var tables = new SortedDictionary<string, CommandTable>(StringComparer.Ordinal);
        foreach (var table in root.Members("commandTables"))
        {
            if (tables.ContainsKey(table.Name))
            {
                throw new RegistryException($"The command table '{table.Name}' is there twice.");
            }

            tables.Add(table.Name, new CommandTable(table.Name, HexByte(table.Value.Text("mask"), table.Name), RecipientsOf(table.Value)));
            Bound(tables.Count, "command tables");
        }

        // A command may carry commands of its own table, so the tables exist before their commands are read.
        int count = 0;
        foreach (var table in root.Members("commandTables"))
        {
            foreach (var command in table.Value.Members("commands"))
            {
                Bound(++count, "commands");
                var entry = FunctionReader.Read(command.Value, table.Name, table.Value.Text("protocol"), tables[table.Name].Recipients, tables);
                if (!tables[table.Name].TryAdd(HexByte(command.Name, table.Name), entry))
                {
                    throw new RegistryException($"Command {command.Name} of '{table.Name}' is outside of the mask, or there twice.");
                }
            }
        }

        return tables;
    }

    private static SortedDictionary<ChainId, Address> ReadWrappedEther(JsonElement root)
    {
        var tokens = new SortedDictionary<ChainId, Address>();
        foreach (var chain in root.Members("wrappedEther"))
        {
            var id = RegistryJson.ChainOf(chain, "wrappedEther");
            if (tokens.ContainsKey(id))
            {
                throw new RegistryException($"Chain {id} is in 'wrappedEther' twice.");
            }

            tokens.Add(id, RegistryJson.ParseAddress(chain.Value.GetString(), "'wrappedEther'"));
            Bound(tokens.Count, "chains");
        }

        return tokens;
    }

    /// <summary>A selector of the list is not consulted where an ABI, or a selector before it, has the same signature.</summary>
    private static FunctionEntry[] ReadSelectors(JsonElement root, SortedDictionary<string, RegistryAbi> abis, List<UnreadEntry> unread)
    {
        List<FunctionEntry> functions = [.. abis.Values.Where(static abi => abi.IsBySelector).SelectMany(static abi => abi.Functions)];
        var known = new SortedSet<string>(functions.Select(static function => function.Function.Signature), StringComparer.Ordinal);
        int count = 0;
        foreach (var selector in root.Items("selectors"))
        {
            Bound(++count, "selectors");
            var entry = FunctionReader.ReadSelector(selector);
            if (known.Add(entry.Function.Signature))
            {
                functions.Add(entry);
            }
            else
            {
                unread.Add(new UnreadEntry("selector", entry.Function.Signature, "an ABI that is recognised by selector, or a selector before it, has the signature"));
            }
        }

        FunctionEntry[] ordered =
        [
            .. functions.OrderBy(static function => function.Selector).ThenBy(static function => function.Function.Signature, StringComparer.Ordinal).ThenBy(static function => function.Layout, StringComparer.Ordinal),
        ];
        for (int i = MaxFunctionsOfSelector; i < ordered.Length; i++)
        {
            if (ordered[i].Selector == ordered[i - MaxFunctionsOfSelector].Selector)
            {
                throw new RegistryException($"Selector 0x{ordered[i].Selector:x8} has more than {MaxFunctionsOfSelector} functions.");
            }
        }

        return ordered;
    }

    internal static void RejectDuplicates(string owner, IEnumerable<FunctionEntry> functions)
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

    internal static void Bound(int count, string what)
    {
        if (count > MaxEntries)
        {
            throw new RegistryException($"The registry has more than {MaxEntries} {what}.");
        }
    }
}
