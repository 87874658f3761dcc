using System.Buffers;
using System.Reflection;
using System.Text.Json;
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
        // Written in full before the first byte is sent: a malformed record becomes a problem, not half a page.
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, EventJson.WriterOptions))
        {
            Write(json);
        }

        httpContext.Response.ContentType = ContentType + "; charset=utf-8";
        httpContext.Response.ContentLength = text.WrittenCount;
        await httpContext.Response.BodyWriter.WriteAsync(text.WrittenMemory, httpContext.RequestAborted).ConfigureAwait(false);
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
