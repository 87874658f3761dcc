using System.Globalization;
using Mempulse.Api.Serving;
using Mempulse.Grains.Abstractions.Logs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Mempulse.Api.Text;

/// <summary>What the OpenAPI document says beyond the endpoints' types: its title, and the types of parameters, which arrive as text.</summary>
internal static class ApiDocument
{
    private const string Title = "Mempulse";
    private const string Description = "The mempool of a chain as a log of events, folded into deterministic state. Errors are RFC 9457 problems; their detail is one sentence. "
        + "Only a request that is not valid HTTP, such as a path with %00, is refused by the web server itself: 400 without a body.";

    /// <summary>Completes the document.</summary>
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, context, _) =>
        {
            AddKeys(document, context.ApplicationServices);
            document.Info = new OpenApiInfo { Title = Title, Description = Description, Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(fieldCount: 3) };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            {
                parameter.Schema = SchemaOf(context.Description.RelativePath ?? string.Empty, parameter.Name ?? string.Empty) ?? parameter.Schema;
                parameter.Example = ApiExamples.OfParameter(parameter.Name ?? string.Empty);
            }

            ApiExamples.AddTo(operation);
            return Task.CompletedTask;
        });
    }

    /// <summary>With keys in the configuration, each operation takes one, in either of two headers.</summary>
    private static void AddKeys(OpenApiDocument document, IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<ServingOptions>>().Value.Keys.Count == 0)
        {
            return;
        }

        document.AddComponent<IOpenApiSecurityScheme>("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that 'mempulse key new' printed." });
        document.AddComponent<IOpenApiSecurityScheme>("header", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = KeyHandler.Header, Description = "The same key, in a header of its own." });
        document.Security = [.. ((string[])["bearer", "header"]).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
    }

    private static OpenApiSchema? SchemaOf(string path, string parameter) => (path, parameter) switch
    {
        (_, "chain") => Number(1, null),
        (_, "after" or "at") or ("replay", "from" or "to") => Number(0, null),
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
