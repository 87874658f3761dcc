using System.Diagnostics;
using Google.Protobuf;
using Mempulse.Outcomes.Traces;

namespace Mempulse.Tracing.Otlp;

/// <summary>Spans as an ExportTraceServiceRequest in protobuf, and the answer to it.</summary>
/// <remarks>
/// The numbers are those of opentelemetry-proto, trace/v1/trace.proto and common/v1/common.proto. The exporter of the OpenTelemetry SDK
/// cannot carry these spans: it takes activities, whose span ids are random and cannot be set.
/// </remarks>
internal static class OtlpProtobuf
{
    /// <summary>Encodes spans.</summary>
    /// <param name="resource">What describes the service.</param>
    /// <param name="spans">The spans.</param>
    public static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> resource, IReadOnlyList<TraceSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(spans);
        return Message(request => Nested(request, 1, resourceSpans =>
        {
            Nested(resourceSpans, 1, described => WriteAttributes(described, 1, resource.Select(static pair => new SpanField(pair.Key, new SpanValue.OfText(pair.Value)))));
            Nested(resourceSpans, 2, scoped =>
            {
                Nested(scoped, 1, static scope => Text(scope, 1, OtlpScope.Name));
                foreach (var span in spans)
                {
                    Nested(scoped, 2, output => Write(output, span));
                }
            });
        }));
    }

    /// <summary>Reads the answer.</summary>
    /// <returns>How many spans the collector refused, and why.</returns>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not an answer.</exception>
    public static (long Refused, string Reason) DecodeAnswer(byte[] answer)
    {
        (long Refused, string Reason) partial = (0, string.Empty);
        using var input = new CodedInputStream(answer);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 1)
            {
                using var nested = input.ReadBytes().CreateCodedInput();
                partial = DecodePartial(nested);
            }
            else
            {
                input.SkipLastField();
            }
        }

        return partial;
    }

    private static (long Refused, string Reason) DecodePartial(CodedInputStream input)
    {
        (long refused, string reason) = (0, string.Empty);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    refused = input.ReadInt64();
                    break;
                case 2:
                    reason = input.ReadString();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return (refused, reason);
    }

    private static void Write(CodedOutputStream output, TraceSpan span)
    {
        Bytes(output, 1, SpanIds.TraceOf(span.Opportunity));
        Bytes(output, 2, SpanIds.SpanOf(span.Id));
        if (span.Parent.Value > 0)
        {
            Bytes(output, 4, SpanIds.SpanOf(span.Parent));
        }

        Text(output, 5, span.Name);
        output.WriteTag(6, WireFormat.WireType.Varint);
        output.WriteEnum(span.IsRequest ? OtlpScope.Client : OtlpScope.Internal);
        output.WriteTag(7, WireFormat.WireType.Fixed64);
        output.WriteFixed64(unchecked((ulong)span.Start.Value)); // the same bits: times before 1970 do not occur
        output.WriteTag(8, WireFormat.WireType.Fixed64);
        output.WriteFixed64(unchecked((ulong)span.End.Value));
        WriteAttributes(output, 9, span.Attributes);
        foreach (var link in span.Links)
        {
            Nested(output, 13, linked =>
            {
                Bytes(linked, 1, SpanIds.TraceOf(link.Opportunity));
                Bytes(linked, 2, SpanIds.SpanOf(link.Id));
            });
        }

        if (span.Problem.Length > 0)
        {
            Nested(output, 15, status =>
            {
                Text(status, 2, span.Problem);
                status.WriteTag(3, WireFormat.WireType.Varint);
                status.WriteEnum(OtlpScope.Error);
            });
        }

        output.WriteTag(16, WireFormat.WireType.Fixed32);
        output.WriteFixed32(OtlpScope.Sampled);
    }

    private static void WriteAttributes(CodedOutputStream output, int field, IEnumerable<SpanField> attributes)
    {
        foreach (var attribute in attributes)
        {
            Nested(output, field, pair =>
            {
                Text(pair, 1, attribute.Name);
                Nested(pair, 2, value => Write(value, attribute.Value));
            });
        }
    }

    private static void Write(CodedOutputStream output, SpanValue value)
    {
        switch (value)
        {
            case SpanValue.OfText text:
                Text(output, 1, text.Value);
                break;
            case SpanValue.OfFlag flag:
                output.WriteTag(2, WireFormat.WireType.Varint);
                output.WriteBool(flag.Value);
                break;
            case SpanValue.OfNumber number:
                output.WriteTag(3, WireFormat.WireType.Varint);
                output.WriteUInt64(number.Value);
                break;
            case SpanValue.OfNumbers numbers:
                Nested(output, 5, array =>
                {
                    foreach (ulong number in numbers.Values)
                    {
                        Nested(array, 1, item => Write(item, new SpanValue.OfNumber(number)));
                    }
                });
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Text(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Bytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write) => Bytes(output, field, Message(write));

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }

        return buffer.ToArray();
    }
}
