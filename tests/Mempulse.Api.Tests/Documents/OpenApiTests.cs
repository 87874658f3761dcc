using System.Text.Json;

namespace Mempulse.Api.Tests.Documents;

/// <summary>The OpenAPI document, walked: a client generated from it gets types, and knows what can fail.</summary>
[Collection(nameof(RunningNode))]
public sealed class OpenApiTests(RunningNode node)
{
    [Fact]
    public async Task The_document_has_a_title_and_a_version()
    {
        var info = (await node.GetAsync("/openapi/v1.json")).GetProperty("info");

        Assert.Equal("Mempulse", info.GetProperty("title").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", info.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_typed_answer_and_every_failure()
    {
        var document = await node.GetAsync("/openapi/v1.json");
        var wrong = new List<string>();
        foreach (var (name, operation) in Operations(document))
        {
            var answers = operation.GetProperty("responses").EnumerateObject().ToDictionary(answer => answer.Name, answer => answer.Value);
            string[] failures = name.EndsWith("/health", StringComparison.Ordinal) ? ["400", "421", "500", "503"]
                : name.StartsWith("post ", StringComparison.Ordinal) ? ["400", "404", "413", "415", "421", "500", "503"]
                : ["400", "404", "421", "500", "503"];
            wrong.AddRange(failures.Where(status => !answers.ContainsKey(status)).Select(status => $"{name}: {status} is missing"));
            wrong.AddRange(operation.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 0 ? [] : [$"{name}: no summary"]);
            wrong.AddRange(answers.Where(answer => answer.Key[0] == '2' && !IsTyped(answer.Value)).Select(answer => $"{name}: the schema of {answer.Key} is missing"));
            wrong.AddRange(answers.Keys.Any(status => status[0] == '2') ? [] : [$"{name}: no answer of success"]);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task No_value_is_of_two_types_or_of_none()
    {
        var document = await node.GetAsync("/openapi/v1.json");
        var wrong = new List<string>();
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => schema.Value.TryGetProperty("properties", out _)))
        {
            foreach (var property in schema.Value.GetProperty("properties").EnumerateObject())
            {
                string[] types = TypesOf(property.Value);
                wrong.AddRange(types.Length == 1 ? [] : [$"{schema.Name}.{property.Name}: [{string.Join(", ", types)}]"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("/events", "limit", "integer")]
    [InlineData("/events", "after", "integer")]
    [InlineData("/events", "chain", "integer")]
    [InlineData("/events", "types", "string")]
    [InlineData("/replay", "from", "integer")]
    [InlineData("/replay", "to", "integer")]
    [InlineData("/gaps", "from", "string")]
    [InlineData("/propagation", "window", "string")]
    [InlineData("/sim/{id}", "trace", "boolean")]
    public async Task A_parameter_has_the_type_of_its_values(string path, string parameter, string type)
    {
        var document = await node.GetAsync("/openapi/v1.json");

        var found = document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == parameter);

        Assert.Equal([type], TypesOf(found.GetProperty("schema")));
        Assert.NotEmpty(found.GetProperty("description").GetString()!);
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) => document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value)));

    private static bool IsTyped(JsonElement answer) => answer.TryGetProperty("content", out var content)
        && content.EnumerateObject().All(body => body.Value.TryGetProperty("schema", out var schema) && TypesOf(schema).Length == 1);

    /// <summary>The types of a schema but null; a reference is a type.</summary>
    private static string[] TypesOf(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? [reference.GetString()!]
        : schema.TryGetProperty("oneOf", out var cases) || schema.TryGetProperty("anyOf", out cases) ? [.. cases.EnumerateArray().SelectMany(TypesOf)]
        : !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [.. new[] { type.GetString()! }.Where(name => name != "null")]
        : [.. type.EnumerateArray().Select(name => name.GetString()!).Where(name => name != "null")];
}
