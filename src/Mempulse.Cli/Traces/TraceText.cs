using System.Diagnostics;
using System.Globalization;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Tracing.Otlp;

namespace Mempulse.Cli.Traces;

/// <summary>A trace as text: each span below the one that it follows from, with its time after the beginning and its duration.</summary>
internal static class TraceText
{
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long MicrosecondsPerMillisecond = 1_000;

    public static void Write(TextWriter output, IReadOnlyList<TraceSpan> spans)
    {
        long began = spans.Min(static span => span.Start.Value);
        output.WriteLine($"trace {Convert.ToHexStringLower(SpanIds.TraceOf(spans[0].Opportunity))}  {new UnixNanoseconds(began).ToRfc3339()}  {spans.Count} spans");
        foreach (var root in spans.Where(static span => span.Parent == GlobalSeq.None))
        {
            Write(output, spans, root, began, depth: 0);
        }
    }

    private static void Write(TextWriter output, IReadOnlyList<TraceSpan> spans, TraceSpan span, long began, int depth)
    {
        string name = new string(' ', 2 * depth) + span.Name;
        string failed = span.Problem.Length > 0 ? $"  failed: {span.Problem}" : string.Empty;
        output.WriteLine($"  +{Milliseconds(span.Start.Value - began),12} ms {Milliseconds(span.End.Value - span.Start.Value),12} ms  {name,-16} {string.Join(' ', span.Attributes.Select(TextOf))}{failed}");
        foreach (var link in span.Links)
        {
            output.WriteLine($"{new string(' ', 36 + (2 * depth))}also in trace {Convert.ToHexStringLower(SpanIds.TraceOf(link.Opportunity))}");
        }

        foreach (var child in spans.Where(child => child.Parent == span.Id))
        {
            Write(output, spans, child, began, depth + 1);
        }
    }

    private static string TextOf(SpanField field)
    {
        string value = field.Value switch
        {
            SpanValue.OfText text => text.Value,
            SpanValue.OfFlag flag => flag.Value ? "true" : "false",
            SpanValue.OfNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
            SpanValue.OfNumbers numbers => string.Join(',', numbers.Values),
            _ => throw new UnreachableException(),
        };
        return $"{field.Name[(field.Name.LastIndexOf('.') + 1)..]}={value}";
    }

    private static string Milliseconds(long nanoseconds)
    {
        long microseconds = nanoseconds / NanosecondsPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{microseconds / MicrosecondsPerMillisecond}.{microseconds % MicrosecondsPerMillisecond:D3}");
    }
}
