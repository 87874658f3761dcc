using System.Text.Json.Nodes;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Cli.Descriptors;

/// <summary>A descriptor of ERC-7730 for calls: where the contract is, and its functions as a registry has them.</summary>
/// <param name="Name">The file.</param>
/// <param name="Title">The name of the contract.</param>
/// <param name="Deployments">Where the contract is.</param>
/// <param name="Functions">Its functions.</param>
/// <param name="Skipped">What cannot be expressed, with the reason.</param>
internal sealed record Descriptor(string Name, string Title, IReadOnlyList<ContractKey> Deployments, IReadOnlyList<JsonObject> Functions, IReadOnlyList<SkippedEntry> Skipped)
{
    /// <summary>Chains on which a contract is.</summary>
    private const int MaxDeployments = 1_024;

    /// <summary>Functions of a descriptor.</summary>
    private const int MaxFunctions = 1_024;

    /// <summary>Reads a descriptor.</summary>
    /// <returns>Null if it does not describe the calls of a contract that it names.</returns>
    /// <exception cref="DescriptorException">It cannot be used.</exception>
    public static Descriptor? Read(string name, JsonObject json)
    {
        try
        {
            if (json["context"] is not JsonObject context || context["contract"] is not JsonObject contract || contract["deployments"] is not JsonArray { Count: > 0 } deployments)
            {
                return null;
            }

            if (deployments.Count > MaxDeployments)
            {
                throw new DescriptorException($"'{name}' has {deployments.Count} deployments: the limit is {MaxDeployments}.");
            }

            var keys = deployments.Select(static one => Deployment(one)).Distinct().Order().ToList();
            string title = (json["metadata"] as JsonObject)?["contractName"]?.GetValue<string>() ?? context["$id"]?.GetValue<string>() ?? Path.GetFileNameWithoutExtension(name);
            var skipped = new List<SkippedEntry>();
            var functions = ReadFunctions(name, json, skipped);
            return new Descriptor(name, title, keys, functions, skipped);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DescriptorException($"'{name}' is not a descriptor: {e.Message}", e);
        }
    }

    private static ContractKey Deployment(JsonNode? one) =>
        one is JsonObject place && place["chainId"] is JsonValue chain && chain.TryGetValue(out ulong id) && place["address"] is JsonValue text && text.TryGetValue(out string? address) && Address.TryParse(address.ToLowerInvariant(), out var parsed)
            ? new ContractKey(new ChainId(id), parsed)
            : throw new FormatException("a deployment has no chain id and address.");

    private static List<JsonObject> ReadFunctions(string name, JsonObject json, List<SkippedEntry> skipped)
    {
        var functions = new List<JsonObject>();
        var selectors = new SortedSet<uint>();
        var formats = (json["display"] as JsonObject)?["formats"] as JsonObject ?? [];
        if (formats.Count > MaxFunctions)
        {
            throw new DescriptorException($"'{name}' has {formats.Count} functions: the limit is {MaxFunctions}.");
        }

        foreach (var format in formats)
        {
            try
            {
                var function = DescriptorFunction.Read(format.Key, format.Value as JsonObject ?? throw new FormatException("its format is not an object"), json);
                var entry = RegistryMerge.Compile(function);
                if (!selectors.Add(entry.Selector))
                {
                    throw new FormatException("another function of the descriptor has its selector");
                }

                functions.Add(function);
            }
            catch (Exception e) when (e is FormatException or RegistryException or InvalidOperationException)
            {
                skipped.Add(new SkippedEntry(name, format.Key, e.Message));
            }
        }

        return functions;
    }
}
