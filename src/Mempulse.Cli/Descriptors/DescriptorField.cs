using System.Text.Json.Nodes;

namespace Mempulse.Cli.Descriptors;

/// <summary>A field that a wallet shows, with the definition that it refers to.</summary>
/// <param name="Format">How it is shown: "tokenAmount", "amount", "addressName", "calldata", "date" or another one.</param>
/// <param name="Path">Where the value is.</param>
/// <param name="Label">What the wallet calls it.</param>
/// <param name="Parameters">The parameters of the format.</param>
/// <param name="Group">The path of the group that the field is in; empty for none.</param>
internal sealed record DescriptorField(string Format, string Path, string Label, JsonObject Parameters, string Group)
{
    /// <summary>Fields of a function.</summary>
    private const int MaxFields = 256;

    /// <summary>Groups inside one another.</summary>
    private const int MaxGroups = 4;

    /// <summary>The fields of a function, those of groups after one another.</summary>
    /// <exception cref="FormatException">The fields are not as the specification has them.</exception>
    public static IReadOnlyList<DescriptorField> ReadAll(JsonObject function, JsonObject descriptor)
    {
        var fields = new List<DescriptorField>();
        Read(function["fields"], descriptor, string.Empty, 0, fields);
        return fields;
    }

    /// <summary>A text parameter, which may be a constant of the descriptor.</summary>
    /// <returns>Null if it is absent or not a text.</returns>
    public string? Text(string parameter, JsonObject descriptor) => Parameters[parameter] is JsonValue value && value.TryGetValue(out string? text) ? Constant(text, descriptor) : null;

    private static void Read(JsonNode? list, JsonObject descriptor, string group, int depth, List<DescriptorField> fields)
    {
        foreach (var node in list as JsonArray ?? [])
        {
            if (node is not JsonObject own)
            {
                throw new FormatException("a field is not an object");
            }

            var field = own;
            if (own["$ref"] is JsonValue reference && reference.TryGetValue(out string? name))
            {
                field = Find(name, descriptor) is { } definition ? Over(definition, own) : throw new FormatException($"the definition '{name}' is missing");
            }

            string path = Joined(group, TextOf(field["path"]));
            if (field["fields"] is { } inner)
            {
                Read(inner, descriptor, path, depth < MaxGroups ? depth + 1 : throw new FormatException($"more than {MaxGroups} groups are inside one another"), fields);
                continue;
            }

            fields.Add(new DescriptorField(TextOf(field["format"]), path, TextOf(field["label"]), field["params"] as JsonObject ?? [], group));
            if (fields.Count > MaxFields)
            {
                throw new FormatException($"it has more than {MaxFields} fields");
            }
        }
    }

    private static string Joined(string group, string path) =>
        group.Length == 0 || path.StartsWith('@') || path.StartsWith('#') || path.StartsWith('$') ? path : path.Length == 0 ? group : $"{group}.{path}";

    private static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty;

    /// <summary>What a field states itself wins over its definition. A definition that refers to another one is not followed.</summary>
    private static JsonObject Over(JsonObject definition, JsonObject own)
    {
        var field = (JsonObject)definition.DeepClone();
        foreach (var member in own)
        {
            if (member.Key == "params" && field["params"] is JsonObject parameters && member.Value is JsonObject more)
            {
                foreach (var parameter in more)
                {
                    parameters[parameter.Key] = parameter.Value?.DeepClone();
                }
            }
            else
            {
                field[member.Key] = member.Value?.DeepClone();
            }
        }

        return field;
    }

    private static string? Constant(string text, JsonObject descriptor) =>
        !text.StartsWith("$.", StringComparison.Ordinal) ? text
        : Node(text, descriptor) is JsonValue value && value.TryGetValue(out string? constant) && !constant.StartsWith('$') ? constant
        : null;

    private static JsonObject? Find(string path, JsonObject descriptor) => Node(path, descriptor) as JsonObject;

    private static JsonNode? Node(string path, JsonObject descriptor)
    {
        JsonNode? node = descriptor;
        foreach (string step in path.StartsWith("$.", StringComparison.Ordinal) ? path[2..].Split('.') : [])
        {
            node = (node as JsonObject)?[step];
        }

        return node;
    }
}
