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
                : operation.TryGetProperty("requestBody", out _) ? ["400", "404", "413", "415", "421", "500", "503"]
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

    [Fact]
    public async Task Every_operation_has_a_description_and_an_example_of_each_answer_that_fits_its_schema()
    {
        var document = await node.GetAsync("/openapi/v1.json");
        var wrong = new List<string>();
        foreach (var (name, operation) in Operations(document))
        {
            wrong.AddRange(operation.TryGetProperty("description", out var description) && description.GetString()!.Length > 20 ? [] : [$"{name}: no description"]);
            foreach (var answer in operation.GetProperty("responses").EnumerateObject())
            {
                foreach (var content in answer.Value.GetProperty("content").EnumerateObject())
                {
                    wrong.AddRange(content.Value.TryGetProperty("example", out var example) ? Misfits(document, content.Value.GetProperty("schema"), example).Select(misfit => $"{name} {answer.Name}: {misfit}") : [$"{name} {answer.Name} {content.Name}: no example"]);
                }
            }

            wrong.AddRange(!operation.TryGetProperty("requestBody", out var body) || body.GetProperty("content").EnumerateObject().All(static content => content.Value.TryGetProperty("example", out _)) ? [] : [$"{name}: no example of a body"]);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task With_keys_the_document_says_how_to_send_one_and_without_it_asks_for_none()
    {
        await using var keyed = await Serving.BoundedNode.StartAsync("mpk_a", [("Mempulse:Api:Keys:0:Name", "a"), ("Mempulse:Api:Keys:0:Sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("mpk_a"u8)))]);
        keyed.Client.DefaultRequestHeaders.Add("X-Api-Key", "mpk_a");
        using var document = JsonDocument.Parse(await keyed.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var schemes = document.RootElement.GetProperty("components").GetProperty("securitySchemes");

        Assert.Equal(("http", "bearer"), (schemes.GetProperty("bearer").GetProperty("type").GetString(), schemes.GetProperty("bearer").GetProperty("scheme").GetString()));
        Assert.Equal(("apiKey", "header", "X-Api-Key"), (schemes.GetProperty("header").GetProperty("type").GetString(), schemes.GetProperty("header").GetProperty("in").GetString(), schemes.GetProperty("header").GetProperty("name").GetString()));
        Assert.Equal(["bearer", "header"], document.RootElement.GetProperty("security").EnumerateArray().SelectMany(static either => either.EnumerateObject()).Select(static scheme => scheme.Name));
        Assert.False((await node.GetAsync("/openapi/v1.json")).TryGetProperty("security", out _));
    }

    /// <summary>Members that a schema requires and an example lacks, and those that it has and the schema does not.</summary>
    private static IEnumerable<string> Misfits(JsonElement document, JsonElement schema, JsonElement example)
    {
        schema = Resolve(document, schema);
        if (example.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            return example.EnumerateArray().SelectMany(item => Misfits(document, items, item));
        }

        if (example.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).ToList() : [];
        return required.Where(name => !example.TryGetProperty(name, out _)).Select(static name => $"'{name}' is missing")
            .Concat(example.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var property) ? Misfits(document, property, member.Value) : [$"'{member.Name}' is not in the schema"]));
    }

    private static JsonElement Resolve(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? Resolve(document, document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]))
        : schema.TryGetProperty("oneOf", out var cases) ? Resolve(document, cases.EnumerateArray().Last())
        : schema;

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
