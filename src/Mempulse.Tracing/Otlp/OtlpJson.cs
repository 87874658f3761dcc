using System.Globalization;
using System.Text.Json;
using Mempulse.Outcomes.Traces;

namespace Mempulse.Tracing.Otlp;

/// <summary>Spans as an ExportTraceServiceRequest in JSON.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: ids in hex, numbers of 64 bits as texts, enumerations as numbers.</remarks>
public static class OtlpJson
{
    /// <summary>Encodes spans.</summary>
    /// <param name="resource">What describes the service.</param>
    /// <param name="spans">The spans.</param>
    public static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> resource, IReadOnlyList<TraceSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(spans);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, resource.Select(static pair => new SpanField(pair.Key, new SpanValue.OfText(pair.Value))));
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", OtlpScope.Name);
            json.WriteEndObject();
            json.WriteStartArray("spans");
            foreach (var span in spans)
            {
                Write(json, span);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TraceSpan span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", Convert.ToHexStringLower(SpanIds.TraceOf(span.Opportunity)));
        json.WriteString("spanId", Convert.ToHexStringLower(SpanIds.SpanOf(span.Id)));
        if (span.Parent.Value > 0)
        {
            json.WriteString("parentSpanId", Convert.ToHexStringLower(SpanIds.SpanOf(span.Parent)));
        }

        json.WriteNumber("flags", OtlpScope.Sampled);
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", span.IsRequest ? OtlpScope.Client : OtlpScope.Internal);
        json.WriteString("startTimeUnixNano", span.Start.ToString());
        json.WriteString("endTimeUnixNano", span.End.ToString());
        WriteAttributes(json, span.Attributes);
        json.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", Convert.ToHexStringLower(SpanIds.TraceOf(link.Opportunity)));
            json.WriteString("spanId", Convert.ToHexStringLower(SpanIds.SpanOf(link.Id)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("status");
        if (span.Problem.Length > 0)
        {
            json.WriteString("message", span.Problem);
            json.WriteNumber("code", OtlpScope.Error);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<SpanField> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", attribute.Name);
            json.WritePropertyName("value");
            Write(json, attribute.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SpanValue value)
    {
        json.WriteStartObject();
        switch (value)
        {
            case SpanValue.OfText text:
                json.WriteString("stringValue", text.Value);
                break;
            case SpanValue.OfFlag flag:
                json.WriteBoolean("boolValue", flag.Value);
                break;
            case SpanValue.OfNumber number:
                json.WriteString("intValue", number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case SpanValue.OfNumbers numbers:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (ulong number in numbers.Values)
                {
                    Write(json, new SpanValue.OfNumber(number));
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        json.WriteEndObject();
    }
}
