using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Traces;

/// <summary>The spans of an opportunity's own records.</summary>
internal static class OppSpans
{
    /// <summary>From the first record about the trigger to the detection.</summary>
    public static TraceSpan Detect(ChainId chain, LoggedEvent record, LogEvent.OppDetected detected, LoggedEvent? first) => new()
    {
        Opportunity = detected.Opp,
        Id = record.Seq,
        Parent = GlobalSeq.None,
        Name = SpanName.Detect,
        Start = first is not null && first.At < record.At ? first.At : record.At,
        End = record.At,
        Attributes =
        [
            SpanKeys.Seq(record.Seq),
            .. first is null ? Array.Empty<SpanField>() : [SpanField.Number("mempulse.first_seq", first.Seq.Value)],
            SpanField.Text("mempulse.chain", chain.ToString()),
            SpanField.Id("mempulse.opp", detected.Opp),
            SpanField.Id("mempulse.trigger", detected.Trigger),
            SpanField.Text("mempulse.strategy", $"{detected.Strategy}/{detected.StrategyVersion}"),
            SpanField.Text("mempulse.scorer", detected.Scorer),
            SpanField.Id("mempulse.block", detected.Base),
            SpanField.Number("mempulse.block_number", detected.BaseNumber.Value),
            SpanField.Text("mempulse.value", detected.Value.ToString()),
            SpanField.Flag("mempulse.handed_on", detected.IsHandedOn),
        ],
    };

    /// <summary>From the moment when it could be simulated to the result.</summary>
    public static TraceSpan Simulate(OpenTrace trace, LoggedEvent record, LogEvent.SimCompleted sim, UnixNanoseconds start) =>
        Of(trace, record, SpanName.Simulate,
            SpanField.Id("mempulse.sim", sim.Sim),
            SpanField.Id("mempulse.block", sim.Base),
            SpanField.Text("mempulse.sim_outcome", OutcomeName.Of(sim.Category)),
            SpanField.Text("mempulse.profit", sim.Profit.ToString()),
            SpanField.Number("mempulse.gas", sim.GasUsed.Value),
            SpanField.Flag("mempulse.verified", sim.IsVerified)) with
        {
            Start = start < record.At ? start : record.At,
            Problem = sim.Category == FailureCategory.None ? string.Empty : OutcomeName.Of(sim.Category),
        };

    /// <summary>It holds again.</summary>
    public static TraceSpan Reopen(OpenTrace trace, LoggedEvent record, LogEvent.OppReopened reopened) =>
        Of(trace, record, SpanName.Reopen, SpanField.Text("mempulse.after", reopened.After.ToString()), SpanField.Flag("mempulse.handed_on", reopened.IsHandedOn));

    /// <summary>It no longer holds.</summary>
    public static TraceSpan End(OpenTrace trace, LoggedEvent record, OppEnd reason, Hash256? by) =>
        Of(trace, record, SpanName.End, [SpanField.Text("mempulse.reason", reason.ToString()), .. by is { } named ? [SpanField.Id("mempulse.by", named)] : Array.Empty<SpanField>()]);

    private static TraceSpan Of(OpenTrace trace, LoggedEvent record, string name, params SpanField[] attributes) => new()
    {
        Opportunity = trace.Opp,
        Id = record.Seq,
        Parent = trace.DetectedAt,
        Name = name,
        Start = record.At,
        End = record.At,
        Attributes = [SpanKeys.Seq(record.Seq), .. attributes],
    };
}
