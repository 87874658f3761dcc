using System.Reflection;
using System.Text.Json;
using Mempulse.Client.Events;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mempulse.Api.Events;

/// <summary>A page of events, each in the text of <see cref="EventJson"/>. Its shape in OpenAPI is <see cref="EventPageBody"/>; a test compares the two.</summary>
internal sealed class EventPageResult(ChainId chain, bool isSynthetic, RecordPage page, EventCatalog events) : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "application/json";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(EventPageBody), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ContentType + "; charset=utf-8";
        using (var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, EventJson.WriterOptions))
        {
            Write(json);
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("chain", chain.ToString());
        json.WriteBoolean("synthetic", isSynthetic);
        json.WriteStartArray("events");
        foreach (var record in page.Records)
        {
            EventJson.Write(json, record.View, events);
        }

        json.WriteEndArray();
        json.WriteNumber("next", page.Next.Value);
        json.WriteNumber("watermark", page.Watermark.Value);
        json.WriteBoolean("atEnd", page.IsAtEnd);
        json.WriteEndObject();
    }
}
