using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Cli.Descriptors;

/// <summary>Adds descriptors to a registry file. What the registry says of a function of a contract stays.</summary>
internal sealed class RegistryMerge
{
    private readonly JsonObject _registry;
    private readonly SortedDictionary<ContractKey, SortedSet<uint>> _known = [];
    private readonly SortedDictionary<ContractKey, List<JsonObject>> _entries = [];
    private readonly List<SkippedEntry> _skipped = [];

    /// <summary>Begins with a registry that was read before and is valid.</summary>
    public RegistryMerge(ReadOnlyMemory<byte> json, RegistryContent content)
    {
        _registry = (JsonObject)JsonNode.Parse(json.Span, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        var abis = content.Abis.ToDictionary(static abi => abi.Name, static abi => abi.Functions);
        foreach (var contract in content.Contracts)
        {
            var selectors = _known.TryGetValue(contract.Entry.Contract, out var found) ? found : _known[contract.Entry.Contract] = [];
            selectors.UnionWith(contract.Abis.SelectMany(name => abis[name]).Select(static function => function.Selector));
        }

        JsonNode?[] entries = [.. Contracts];
        Contracts.Clear();
        foreach (var entry in entries.OfType<JsonObject>())
        {
            foreach (var single in Split(entry))
            {
                Contracts.Add((JsonNode)single);
                var key = new ContractKey(new ChainId(ChainsOf(single).Single()), Address.Parse((string)single["address"]!));
                (_entries.TryGetValue(key, out var list) ? list : _entries[key] = []).Add(single);
            }
        }
    }

    /// <summary>Contracts that got functions.</summary>
    public int ContractCount { get; private set; }

    /// <summary>Functions that were added, once for each descriptor.</summary>
    public int FunctionCount { get; private set; }

    /// <summary>What was left out.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => _skipped;

    private JsonArray Contracts => Member("contracts", static () => new JsonArray());

    /// <summary>Reads a function as a registry does.</summary>
    /// <exception cref="RegistryException">A registry cannot have it.</exception>
    public static FunctionEntry Compile(JsonObject function)
    {
        var registry = new JsonObject { ["format"] = RegistryReader.Format, ["abis"] = new JsonObject { ["imported"] = new JsonObject { ["protocol"] = "imported", ["functions"] = new JsonArray(function.DeepClone()) } } };
        return RegistryReader.ReadContent(Encoding.UTF8.GetBytes(registry.ToJsonString())).Abis[0].Functions[0];
    }

    /// <summary>Adds a descriptor.</summary>
    public void Add(Descriptor descriptor)
    {
        _skipped.AddRange(descriptor.Skipped);
        var functions = descriptor.Functions.Select(static function => (Json: function, Compile(function).Selector)).ToList();
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in descriptor.Deployments)
        {
            var known = _known.TryGetValue(key, out var found) ? found : _known[key] = [];
            bool isPool = found is not null && !_entries.ContainsKey(key);
            var added = isPool ? [] : functions.Where(function => !known.Contains(function.Selector)).ToList();
            if (added.Count == 0)
            {
                _skipped.Add(new SkippedEntry(descriptor.Name, $"{key.Address} of chain {key.Chain}", isPool ? "the registry knows it as a pool" : "the registry knows all of its functions"));
                continue;
            }

            string set = string.Join(',', added.Select(static function => function.Selector.ToString("x8", NumberFormatInfo.InvariantInfo)));
            if (!names.TryGetValue(set, out string? abi))
            {
                abi = AddAbi(descriptor, added.ConvertAll(static function => function.Json));
                names.Add(set, abi);
            }

            known.UnionWith(added.Select(static function => function.Selector));
            Name(descriptor, key, abi);
        }
    }

    /// <summary>The registry file: an entry on each line.</summary>
    public byte[] ToJson()
    {
        var text = new StringBuilder("{");
        string separator = "\n";
        foreach (var member in _registry)
        {
            text.Append(separator).Append(JsonSerializer.Serialize(member.Key)).Append(": ");
            switch (member.Value)
            {
                case JsonArray { Count: > 0 } list:
                    text.Append("[\n  ").AppendJoin(",\n  ", list.Select(static one => one!.ToJsonString())).Append("\n]");
                    break;
                case JsonObject { Count: > 0 } entries when member.Key != "wrappedEther":
                    text.Append("{\n  ").AppendJoin(",\n  ", entries.Select(static one => $"{JsonSerializer.Serialize(one.Key)}: {one.Value!.ToJsonString()}")).Append("\n}");
                    break;
                default:
                    text.Append(member.Value!.ToJsonString());
                    break;
            }

            separator = ",\n";
        }

        return Encoding.UTF8.GetBytes(text.Append("\n}\n").ToString());
    }

    private string AddAbi(Descriptor descriptor, List<JsonObject> functions)
    {
        var abis = Member("abis", static () => new JsonObject());
        string name = $"erc7730/{Path.ChangeExtension(descriptor.Name, null)}";
        for (int number = 2; abis.ContainsKey(name); number++)
        {
            name = string.Create(NumberFormatInfo.InvariantInfo, $"erc7730/{Path.ChangeExtension(descriptor.Name, null)}#{number}");
        }

        abis[name] = new JsonObject { ["protocol"] = "erc7730", ["functions"] = new JsonArray([.. functions.Select(static function => function.DeepClone())]) };
        FunctionCount += functions.Count;
        return name;
    }

    private void Name(Descriptor descriptor, ContractKey key, string abi)
    {
        ContractCount++;
        if (!_entries.TryGetValue(key, out var entries))
        {
            var entry = new JsonObject
            {
                ["chains"] = new JsonArray(key.Chain.Value),
                ["address"] = key.Address.ToString(),
                ["name"] = descriptor.Title,
                ["protocol"] = "erc7730",
                ["kind"] = "described",
                ["abis"] = new JsonArray(),
            };
            Contracts.Add((JsonNode)entry);
            entries = _entries[key] = [entry];
        }

        foreach (var entry in entries)
        {
            var abis = entry["abis"] as JsonArray;
            if (abis is null)
            {
                entry["abis"] = abis = [];
            }

            abis.Add(abi);
        }
    }

    /// <summary>An entry of several chains becomes one for each, since a descriptor may name some of them.</summary>
    private static List<JsonObject> Split(JsonObject entry)
    {
        ulong[] chains = [.. ChainsOf(entry)];
        if (chains.Length == 1)
        {
            return [entry];
        }

        return
        [
            .. chains.Select(chain =>
            {
                var single = (JsonObject)entry.DeepClone();
                single["chains"] = new JsonArray(chain);
                return single;
            }),
        ];
    }

    private static IEnumerable<ulong> ChainsOf(JsonObject entry) => entry["chains"] is JsonArray chains ? chains.Select(static chain => chain!.GetValue<ulong>()) : [1];

    private T Member<T>(string name, Func<T> create)
        where T : JsonNode
    {
        if (_registry[name] is T there)
        {
            return there;
        }

        var added = create();
        _registry[name] = added;
        return added;
    }
}
