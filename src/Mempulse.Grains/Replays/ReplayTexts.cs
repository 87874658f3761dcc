using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Replay.Derivations;

namespace Mempulse.Grains.Replays;

/// <summary>What a replay found, as it crosses silos.</summary>
internal static class ReplayTexts
{
    private const string Counters = "counters";

    public static ReplayedDifference Of(Divergence found) =>
        new(found.Seq, found.Kind.ToString(), found.LaneSequence.Cause, found.LaneSequence.LocalSeq, found.Field, found.Expected, found.Actual);

    public static CheckpointDigests Of(CheckpointComparison checkpoint) => new(checkpoint.Seq, checkpoint.Live, checkpoint.Replayed);

    public static ChangedEntry Of(EntryChange change) => new(
        change.Entry is { } entry ? EventJson.NameOf(entry.Kind) : Counters,
        change.Entry?.ToString() ?? string.Empty,
        change.By,
        change.Events,
        [.. change.Fields.Select(static field => new ChangedField(field.Name, field.Before, field.After))]);

    public static FoldedStretch Of(SearchStep step) =>
        new(step.First, step.Last, step.Checkpoint is { } checkpoint ? Of(checkpoint) : null, (long)step.Divergences, step.FoldedFrom);

    public static ReplayRuler RulerOf(RangeReading reading) => new(
        reading.RulerFrom,
        reading.RulerTo,
        reading.RulerDerived,
        [.. reading.Marks.Select(static mark => new RulerMark(mark.Seq, EventCatalog.Core.NameOf(mark.Kind), mark.Number, mark.Hash))]);

    /// <summary>The answer of a finished replay.</summary>
    public static ReplayAnswer Of(RangeReading reading, TimeSpan took) => new()
    {
        Outcome = ReplayOutcome.Done,
        From = reading.First,
        To = reading.Last,
        At = reading.Last,
        FromDigest = reading.FirstDigest,
        ToDigest = reading.LastDigest,
        FromTxsByState = reading.FirstTxsByState,
        ToTxsByState = reading.LastTxsByState,
        Kinds = [.. reading.Kinds.Select(static pair => new KindCount(pair.Key, pair.Value))],
        Divergences = (long)reading.DivergenceCount,
        Differences = [.. reading.Divergences.Select(Of)],
        Checkpoints = [.. reading.Checkpoints.Select(Of)],
        Changes = [.. reading.Changes.Select(Of)],
        ChangeCount = reading.ChangeCount,
        EventsNotCompared = reading.EventsNotCompared,
        FoldedFrom = reading.FoldedFrom,
        Ruler = RulerOf(reading),
        Took = took,
    };

    /// <summary>The answer of a finished search.</summary>
    public static SearchAnswer Of(SearchReading reading, TimeSpan took) => new()
    {
        Outcome = ReplayOutcome.Done,
        From = reading.First,
        To = reading.Last,
        At = reading.Last,
        Found = reading.Found is { } found ? Of(found) : null,
        Steps = [.. reading.Steps.Select(Of)],
        StepCount = reading.StepCount,
        Folded = (long)reading.Folded,
        Took = took,
        Changes = [.. reading.Changes.Take(RangeReplay.MaxChanges).Select(Of)],
    };
}
