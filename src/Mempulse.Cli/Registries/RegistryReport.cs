using System.Text.Json.Nodes;
using Mempulse.Features.Checks;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Cli.Registries;

/// <summary>What a check found, as text and as JSON.</summary>
internal sealed record RegistryReport
{
    public required RegistryContent Content { get; init; }

    public required Listing<RegistryCollision> Collisions { get; init; }

    public required Listing<UnreadEntry> Unused { get; init; }

    /// <summary>The version that it was compared with; null for none.</summary>
    public required Hash256? Against { get; init; }

    /// <summary>What changed; null if it was not compared.</summary>
    public required Listing<RegistryChange>? Changes { get; init; }

    private int AddressOnly => Content.Contracts.Count(static contract => contract.Abis.Count == 0);

    private int Functions => Content.Abis.Sum(static abi => abi.Functions.Count) + Content.Tables.Sum(static table => table.Entries.Count());

    public void WriteText(TextWriter output)
    {
        output.WriteLine($"version {Content.ContentHash}");
        output.WriteLine($"{Content.Abis.Count} ABIs and {Content.Tables.Count} command tables with {Functions} functions, {Content.Contracts.Count} contracts ({AddressOnly} without functions of their own), {Content.BySelector.Count} functions by selector");
        Write(output, Collisions, "collisions", static one => $"collision  0x{one.First.Selector:x8} {Name(one.First)} and {Name(one.Second)}: {Difference(one.Difference)}");
        Write(output, Unused, "unused entries", static one => $"unused  {one.Part} {one.Name}: {one.Reason}");
        if (Changes is { } changes)
        {
            Write(output, changes, $"changes from {Against}", static one => $"{Word(one.Kind)}  {one.Part} {one.Name}{(one.Kind == ChangeKind.Changed ? $"\n  - {one.Before}\n  + {one.After}" : string.Empty)}");
        }
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["version"] = Content.ContentHash.ToString(),
            ["abis"] = Content.Abis.Count,
            ["commandTables"] = Content.Tables.Count,
            ["functions"] = Functions,
            ["contracts"] = Content.Contracts.Count,
            ["contractsWithoutFunctions"] = AddressOnly,
            ["bySelector"] = Content.BySelector.Count,
            ["collisions"] = ToJson(Collisions, static one => new JsonObject { ["selector"] = $"0x{one.First.Selector:x8}", ["first"] = Name(one.First), ["second"] = Name(one.Second), ["difference"] = Camel(one.Difference.ToString()) }),
            ["unused"] = ToJson(Unused, static one => new JsonObject { ["part"] = one.Part, ["name"] = one.Name, ["reason"] = one.Reason }),
        };
        if (Changes is { } changes)
        {
            json["against"] = Against?.ToString();
            json["changes"] = ToJson(changes, static one => new JsonObject { ["change"] = Word(one.Kind), ["part"] = one.Part, ["name"] = one.Name, ["before"] = one.Before, ["after"] = one.After });
        }

        return json;
    }

    private static JsonObject ToJson<T>(Listing<T> listing, Func<T, JsonNode> one) =>
        new() { ["count"] = listing.Count, ["entries"] = new JsonArray([.. listing.First.Select(one)]) };

    private static void Write<T>(TextWriter output, Listing<T> listing, string what, Func<T, string> line)
    {
        output.WriteLine($"{listing.Count} {what}");
        foreach (var one in listing.First)
        {
            output.WriteLine(line(one));
        }

        if (listing.Left > 0)
        {
            output.WriteLine($"and {listing.Left} more");
        }
    }

    private static string Name(FunctionEntry function) => $"{function.Layout}: {function.Function.Signature}";

    private static string Difference(CollisionDifference difference) => difference switch
    {
        CollisionDifference.Signature => "calldata may be the canonical encoding of both",
        CollisionDifference.Inner => "other calls or commands in the same arguments",
        CollisionDifference.Meaning => "another meaning of the same arguments",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Word(ChangeKind kind) => Camel(kind.ToString());

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
