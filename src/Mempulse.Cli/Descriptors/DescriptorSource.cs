using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Cli.Descriptors;

/// <summary>Reads a descriptor together with what it includes.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class DescriptorSource(DescriptorFolder folder)
{
    /// <summary>Files that include one another, one after the other.</summary>
    private const int MaxIncludes = 4;

    private const int MaxJsonDepth = 24;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a descriptor. What it states itself wins over what it includes.</summary>
    /// <exception cref="DescriptorException">It, or a file that it includes, cannot be used.</exception>
    public JsonObject Read(string name) => Read(name, []);

    private JsonObject Read(string name, List<string> including)
    {
        if (including.Contains(name, StringComparer.Ordinal))
        {
            throw new DescriptorException($"'{name}' includes itself: {string.Join(" includes ", [.. including, name])}.");
        }

        if (including.Count > MaxIncludes)
        {
            throw new DescriptorException($"'{including[0]}' includes more than {MaxIncludes} files one after the other.");
        }

        var own = Parse(name, folder.Read(name));
        if (own["includes"] is not { } include)
        {
            return own;
        }

        own.Remove("includes");
        string text = include is JsonValue value && value.TryGetValue(out string? file) ? file : throw new DescriptorException($"'{name}' has includes that are not the name of a file.");
        var included = Read(DescriptorFolder.Resolve(name, text), [.. including, name]);
        Merge(included, own);
        return included;
    }

    private static JsonObject Parse(string name, byte[] content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: s_options) as JsonObject ?? throw new DescriptorException($"'{name}' is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new DescriptorException($"'{name}' is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Objects are merged member by member, lists of fields by their paths; anything else is replaced.</summary>
    private static void Merge(JsonObject into, JsonObject own)
    {
        foreach (var member in own)
        {
            switch (into[member.Key], member.Value)
            {
                case (JsonObject before, JsonObject after):
                    Merge(before, after);
                    break;
                case (JsonArray before, JsonArray after) when member.Key == "fields":
                    MergeFields(before, after);
                    break;
                default:
                    into[member.Key] = member.Value?.DeepClone();
                    break;
            }
        }
    }

    private static void MergeFields(JsonArray into, JsonArray own)
    {
        foreach (var field in own)
        {
            var same = field is JsonObject { } named && named["path"] is { } path ? into.OfType<JsonObject>().FirstOrDefault(one => JsonNode.DeepEquals(one["path"], path)) : null;
            if (same is not null)
            {
                Merge(same, (JsonObject)field!);
            }
            else
            {
                into.Add(field?.DeepClone());
            }
        }
    }
}
