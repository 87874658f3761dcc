namespace Mempulse.Tracing.Tests.Receiving;

/// <summary>The chain of an opportunity, rebuilt from spans alone.</summary>
internal static class Chain
{
    /// <summary>The steps of a trace, each with what it says; empty if the spans do not hang together.</summary>
    public static string Of(IEnumerable<ReceivedSpan> spans, string trace)
    {
        var own = spans.Where(span => span.TraceId == trace).DistinctBy(static span => span.SpanId).OrderBy(static span => span.SpanId, StringComparer.Ordinal).ToList();
        return own is [{ Parent: "" } root, ..] && own.Skip(1).All(span => own.Exists(parent => parent.SpanId == span.Parent))
            ? string.Join(" > ", Below(own, root).Select(Step))
            : string.Empty;
    }

    private static IEnumerable<ReceivedSpan> Below(List<ReceivedSpan> spans, ReceivedSpan span) =>
        spans.Where(child => child.Parent == span.SpanId).SelectMany(child => Below(spans, child)).Prepend(span);

    private static string Step(ReceivedSpan span) => span.Name switch
    {
        "simulate" => $"simulate {span.Attributes["mempulse.sim_outcome"]}",
        "attempt" => $"attempt {span.Attributes["mempulse.attempt"]} {span.Attributes["mempulse.relay"]} {span.Attributes.GetValueOrDefault("mempulse.class", "unanswered")}",
        "outcome" => $"outcome {span.Attributes["mempulse.verdict"]}",
        _ => span.Name,
    };
}
