using System.Reflection;
using System.Text.Json;
using Mempulse.Client.Events;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mempulse.Api.Events;

/// <summary>One event, in the text of <see cref="EventJson"/>. Its shape in OpenAPI is <see cref="EventBody"/>.</summary>
internal sealed class EventResult(SequencedRecord record, EventCatalog events) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(EventBody), ["application/json"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        using (var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, EventJson.WriterOptions))
        {
            EventJson.Write(json, record.View, events);
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
    }
}
