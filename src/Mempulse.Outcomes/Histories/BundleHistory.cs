using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Outcomes.Histories;

/// <summary>A bundle as its own records tell it, without the fold: from its assembly to its last verdict.</summary>
public sealed record BundleHistory
{
    /// <summary>The event that made it.</summary>
    public required LogEvent.BundleBuilt Built { get; init; }

    /// <summary>The position of that event.</summary>
    public required GlobalSeq BuiltAt { get; init; }

    /// <summary>Its last verdict; null while it has none.</summary>
    public required LogEvent.BundleOutcome? Outcome { get; init; }

    /// <summary>The position of that verdict; none while it has none.</summary>
    public required GlobalSeq DecidedAt { get; init; }

    /// <summary>Its events, in the order of the log.</summary>
    public required IReadOnlyList<BundleStep> Steps { get; init; }

    /// <summary>What became of it, and why, in sentences; one that says so while it has no verdict.</summary>
    public required string Explanation { get; init; }

    /// <summary>What would decide the verdict, or make it stronger; null for nothing.</summary>
    public string? WouldDecide => Outcome is { } outcome ? VerdictText.Of(outcome.Need) : "the target block";

    /// <summary>The verdict in one word.</summary>
    public string Verdict => VerdictName.Of(Outcome?.Verdict ?? BundleVerdict.Open);

    /// <summary>Reads the records of a bundle; null if its <see cref="LogEvent.BundleBuilt"/> is not among them.</summary>
    /// <param name="records">Its records, in the order of the log.</param>
    public static BundleHistory? Of(IReadOnlyList<LoggedEvent> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        LoggedEvent? built = records.FirstOrDefault(static record => record.Event is LogEvent.BundleBuilt);
        if (built is null)
        {
            return null;
        }

        LoggedEvent? decided = records.LastOrDefault(static record => record.Event is LogEvent.BundleOutcome);
        var outcome = (LogEvent.BundleOutcome?)decided?.Event;
        return new BundleHistory
        {
            Built = (LogEvent.BundleBuilt)built.Event,
            BuiltAt = built.Seq,
            Outcome = outcome,
            DecidedAt = decided?.Seq ?? GlobalSeq.None,
            Steps = [.. records.Select(static record => new BundleStep(record.Seq, record.At, record.Cause, StepText.WordOf(record.Event), StepText.StrengthOf(record.Event), StepText.Of(record.Event)))],
            Explanation = outcome is null ? "It has no verdict yet: its target block has not been seen." : VerdictText.Of(outcome, DetailOf(records, outcome)),
        };
    }

    /// <summary>The answer to the question why it did or did not land.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="asOf">The position up to which its records were read.</param>
    /// <param name="asOfTime">The time of the last record there.</param>
    /// <param name="isTruncated">True if it has more records than were read.</param>
    public WhyAnswer Why(ChainId chain, GlobalSeq asOf, UnixNanoseconds asOfTime, bool isTruncated) => new()
    {
        Subject = "bundle",
        Id = Built.Bundle,
        Chain = chain,
        State = Verdict,
        AsOf = asOf,
        AsOfTime = asOfTime,
        Reasons =
        [
            new Reason(Verdict, Outcome?.Strength ?? EvidenceStrength.NotDerivable, Explanation) { WouldDecide = WouldDecide }
                .RestingOn(Outcome is { } outcome ? outcome.Evidence.Select(static record => record.Seq) : [BuiltAt]),
            .. Steps.Select(static step => new Reason(step.Word, step.Strength, step.Sentence).RestingOn(step.Seq)),
        ],
        IsTruncated = isTruncated,
    };

    /// <summary>What the execution showed that a verdict rests on.</summary>
    private static string DetailOf(IReadOnlyList<LoggedEvent> records, LogEvent.BundleOutcome outcome) =>
        records.LastOrDefault(record => record.Event is LogEvent.CompetitionExamined && outcome.Evidence.Any(evidence => evidence.Seq == record.Seq)) is { Event: LogEvent.CompetitionExamined examined }
            ? examined.Detail
            : string.Empty;
}
