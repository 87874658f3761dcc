using System.Globalization;
using Mempulse.Grains.Abstractions.Logs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mempulse.Api.Text;

/// <summary>What the OpenAPI document says beyond the endpoints' types: its title, and the types of parameters, which arrive as text.</summary>
internal static class ApiDocument
{
    private const string Title = "Mempulse";
    private const string Description = "The mempool of a chain as a log of events, folded into deterministic state. Errors are RFC 9457 problems; their detail is one sentence.";

    /// <summary>Completes the document.</summary>
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = Title, Description = Description, Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(fieldCount: 3) };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            {
                parameter.Schema = SchemaOf(context.Description.RelativePath ?? string.Empty, parameter.Name ?? string.Empty) ?? parameter.Schema;
            }

            return Task.CompletedTask;
        });
    }

    private static OpenApiSchema? SchemaOf(string path, string parameter) => (path, parameter) switch
    {
        (_, "chain") => Number(1, null),
        (_, "after") or ("replay", "from" or "to") => Number(0, null),
        (_, "limit") => Number(1, ScanQuery.MaxLimit),
        (_, "trace") => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ => null,
    };

    private static OpenApiSchema Number(int min, int? max) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = max is null ? "uint64" : "int32",
        Minimum = min.ToString(CultureInfo.InvariantCulture),
        Maximum = max?.ToString(CultureInfo.InvariantCulture),
    };
}
