using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Mempulse.Api.Text;

/// <summary>The examples of the OpenAPI document: answers of a node that plays the shipped capture, with one item of each list, and the problem of each failure.</summary>
/// <remarks>examples.json has an answer by the id of its operation. A test compares its members with the schema.</remarks>
internal static class ApiExamples
{
    private const string Problem = "application/problem+json";

    private static readonly JsonObject _answers = Read();

    /// <summary>The example of a parameter; null for one whose description says enough.</summary>
    public static JsonNode? OfParameter(string name) => _answers["parameters"]?[name]?.DeepClone();

    /// <summary>Adds an example to each answer of an operation that has a body.</summary>
    public static void AddTo(OpenApiOperation operation)
    {
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            foreach (var (type, body) in answer.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                body.Example = (type == Problem ? _answers["problems"]?[status] : _answers["answers"]?[operation.OperationId ?? string.Empty])?.DeepClone();
            }
        }

        foreach (var body in operation.RequestBody?.Content?.Values ?? [])
        {
            body.Example = _answers["bodies"]?[operation.OperationId ?? string.Empty]?.DeepClone();
        }
    }

    private static JsonObject Read()
    {
        using var file = typeof(ApiExamples).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
