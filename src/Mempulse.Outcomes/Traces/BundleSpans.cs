using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Traces;

/// <summary>The spans of a bundle's records, the same in the trace of each of its opportunities.</summary>
internal static class BundleSpans
{
    private const string Bundle = "mempulse.bundle";
    private const string Block = "mempulse.block";
    private const string BlockNumber = "mempulse.block_number";
    private const string Relay = "mempulse.relay";
    private const string Command = "mempulse.command";
    private const string Reason = "mempulse.reason";
    private const string DryRun = "mempulse.dry_run";
    private const string Attempt = "mempulse.attempt";

    /// <summary>The span of its record.</summary>
    public static TraceSpan Build(LoggedEvent record, LogEvent.BundleBuilt built, OpenTrace trace, UnixNanoseconds start) => new()
    {
        Opportunity = trace.Opp,
        Id = record.Seq,
        Parent = trace.DetectedAt,
        Name = SpanName.Build,
        Start = Earlier(start, record.At),
        End = record.At,
        Attributes =
        [
            SpanKeys.Seq(record.Seq),
            SpanField.Id(Bundle, built.Bundle),
            SpanField.Id("mempulse.sim", built.Sim),
            SpanField.Id(Block, built.Base),
            SpanField.Number("mempulse.target_block", built.Target.Value),
            SpanField.Number("mempulse.transactions", (ulong)built.Transactions.Count),
            SpanField.Text("mempulse.profit", built.Profit.ToString()),
            SpanField.Text("mempulse.payment", built.Payment.ToString()),
            SpanField.Flag(DryRun, built.IsDryRun),
        ],
        Links = [.. built.Opportunities.Where(other => other != trace.Opp).Select(other => new SpanLink(other, record.Seq))],
    };

    /// <summary>The span of an attempt, with its answer or without.</summary>
    public static TraceSpan Try(OpenBundle bundle, Hash256 opp, LoggedEvent began, LogEvent.AttemptStarted attempt, LoggedEvent? answered)
    {
        var answer = (LogEvent.RelayAttempt?)answered?.Event;
        return new()
        {
            Opportunity = opp,
            Id = began.Seq,
            Parent = bundle.BuiltAt,
            Name = SpanName.Attempt,
            Start = began.At,
            End = answered is null ? began.At : Later(began.At, answered.At),
            Attributes =
            [
                SpanKeys.Seq(began.Seq),
                .. answered is null ? Array.Empty<SpanField>() : [SpanKeys.LastSeq(answered.Seq)],
                SpanField.Id(Bundle, attempt.Bundle),
                SpanField.Text(Relay, attempt.Relay),
                SpanField.Text(Command, attempt.Command.ToString()),
                SpanField.Number(Attempt, (ulong)attempt.Number),
                SpanField.Number("mempulse.backoff_ms", attempt.BackoffMilliseconds),
                SpanField.Flag(DryRun, attempt.IsDryRun),
                .. answer is null ? Array.Empty<SpanField>() : AnswerOf(answer),
            ],
            Problem = answer switch
            {
                null => "no answer is on record",
                { IsDryRun: true } or { Consequence: AttemptConsequence.Accepted } => string.Empty,
                _ => answer.Class.ToString(),
            },
        };
    }

    /// <summary>The span of any other record of it; null if it makes none.</summary>
    public static TraceSpan? Of(OpenBundle bundle, Hash256 opp, LoggedEvent record) => record.Event switch
    {
        LogEvent.AttemptRefused refused => At(bundle, opp, record, SpanName.Attempt, SpanField.Text(Relay, refused.Relay), SpanField.Text(Command, refused.Command.ToString()),
            SpanField.Text("mempulse.rule", refused.Rule.ToString()), SpanField.Flag(DryRun, refused.IsDryRun)) with { Problem = refused.Rule.ToString() },
        LogEvent.BundleStale stale => At(bundle, opp, record, SpanName.Stale, SpanField.Text(Reason, stale.Reason.ToString()), SpanField.Id(Block, stale.Block)),
        LogEvent.BundleCancelled cancelled => At(bundle, opp, record, SpanName.Cancel, SpanField.Text(Reason, cancelled.Reason.ToString())),
        LogEvent.CompetitionExamined examined => At(bundle, opp, record, SpanName.Examine, SpanField.Id(Block, examined.Block), SpanField.Text("mempulse.finding", examined.Finding.ToString()),
            SpanField.Flag("mempulse.verified", examined.IsVerified)),
        LogEvent.BundleOutcome outcome => At(bundle, opp, record, SpanName.Outcome, [.. OutcomeOf(outcome)]) with { Start = Earlier(bundle.At, record.At) },
        _ => null,
    };

    private static TraceSpan At(OpenBundle bundle, Hash256 opp, LoggedEvent record, string name, params SpanField[] attributes) => new()
    {
        Opportunity = opp,
        Id = record.Seq,
        Parent = bundle.BuiltAt,
        Name = name,
        Start = record.At,
        End = record.At,
        Attributes = [SpanKeys.Seq(record.Seq), SpanField.Id(Bundle, bundle.Built.Bundle), .. attributes],
    };

    private static SpanField[] AnswerOf(LogEvent.RelayAttempt answer) =>
    [
        SpanField.Text("mempulse.class", answer.Class.ToString()),
        SpanField.Text("mempulse.consequence", answer.Consequence.ToString()),
        SpanField.Number("mempulse.latency_us", answer.LatencyMicroseconds),
        .. answer.Status is { } status ? [SpanField.Number("http.response.status_code", (ulong)status)] : Array.Empty<SpanField>(),
    ];

    private static IEnumerable<SpanField> OutcomeOf(LogEvent.BundleOutcome outcome)
    {
        yield return SpanField.Text("mempulse.verdict", VerdictName.Of(outcome.Verdict));
        yield return SpanField.Text("mempulse.strength", outcome.Strength.ToString());
        yield return SpanField.Number(BlockNumber, outcome.Number.Value);
        if (outcome.Block is { } block)
        {
            yield return SpanField.Id(Block, block);
        }

        if (outcome.By is { } by)
        {
            yield return SpanField.Id("mempulse.by", by);
        }

        yield return SpanField.Text("mempulse.simulated", outcome.Simulated.ToString());
        if (outcome.IsRealisedKnown)
        {
            yield return SpanField.Text("mempulse.realised", outcome.Realised.ToString());
        }

        yield return SpanField.Positions("mempulse.evidence", outcome.Evidence.Select(static record => record.Seq));
    }

    private static UnixNanoseconds Earlier(UnixNanoseconds one, UnixNanoseconds other) => one < other ? one : other;

    private static UnixNanoseconds Later(UnixNanoseconds one, UnixNanoseconds other) => one < other ? other : one;
}
