using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Folding.Replays;

/// <summary>Compares the states at two positions of a log, field by field, and the log with the replay in between.</summary>
/// <remarks>One scan of the range finds which entries its events name; one replay folds it. Memory is bounded beside the folded state.</remarks>
public static class RangeReplay
{
    /// <summary>Entries with differences in one reading.</summary>
    public const int MaxChanges = 400;

    /// <summary>Divergences in one reading.</summary>
    public const int MaxDivergences = 16;

    /// <summary>Checkpoints that are compared in one reading: the last ones of the range.</summary>
    public const int MaxCheckpoints = 200;

    /// <summary>Reads a range.</summary>
    /// <param name="replay">A replay at or before the first position. It is at the last position afterwards.</param>
    /// <param name="first">The position of the first state.</param>
    /// <param name="last">The position of the second state.</param>
    /// <param name="stop">Cancels the replay.</param>
    public static RangeReading Run(LogReplay replay, GlobalSeq first, GlobalSeq last, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(replay);
        var contents = RangeContents.Scan(replay.Reader, replay.Engine.RuleVersion, first, last, stop);
        var engine = replay.Engine;
        replay.RunTo(first, stop);
        var firstDigest = engine.Digest();
        var firstStates = CountStates(engine);
        ulong before = engine.DivergenceCount;
        var was = Read(engine, contents);

        List<CheckpointComparison> checkpoints = [];
        var counts = new SortedDictionary<EventKind, long>();
        foreach (var (at, live) in contents.Checkpoints.TakeLast(MaxCheckpoints))
        {
            replay.RunTo(at, counts, stop);
            checkpoints.Add(new CheckpointComparison(at, live, engine.Digest()));
        }

        replay.RunTo(last, counts, stop);
        var changes = Changes(was, Read(engine, contents), contents);
        return new RangeReading
        {
            First = first,
            Last = last,
            FoldedFrom = replay.Start,
            FirstDigest = firstDigest,
            LastDigest = engine.Digest(),
            FirstTxsByState = firstStates,
            LastTxsByState = CountStates(engine),
            Kinds = counts,
            DivergenceCount = engine.DivergenceCount - before,
            Divergences = [.. engine.Divergences.Where(found => found.Seq > first).Take(MaxDivergences)],
            Checkpoints = checkpoints,
            Changes = [.. changes.Take(MaxChanges)],
            ChangeCount = changes.Count,
            EventsNotCompared = contents.EventsOfOthers,
            RulerFrom = contents.From,
            RulerTo = contents.To,
            RulerDerived = contents.Derived,
            Marks = contents.Marks,
        };
    }

    /// <summary>Reads every entry that the events of a range name, and the counters first.</summary>
    internal static IReadOnlyList<IReadOnlyList<EntryField>> Read(ReplayEngine engine, RangeContents contents)
    {
        var fields = new EntryFields(engine);
        return [fields.Counters(), .. contents.Entries.Select(fields.Read)];
    }

    /// <summary>The entries whose fields differ between two readings of <see cref="Read"/>.</summary>
    internal static IReadOnlyList<EntryChange> Changes(IReadOnlyList<IReadOnlyList<EntryField>> before, IReadOnlyList<IReadOnlyList<EntryField>> after, RangeContents contents)
    {
        List<EntryChange> changes = [];
        for (int i = 0; i < after.Count; i++)
        {
            var fields = EntryFields.Compare(before[i], after[i]);
            if (fields.Count > 0)
            {
                changes.Add(i == 0 ? new EntryChange(null, [], 0, fields) : new EntryChange(contents.Entries[i - 1], contents.EventsOf(contents.Entries[i - 1]), contents.CountOf(contents.Entries[i - 1]), fields));
            }
        }

        return changes;
    }

    private static long[] CountStates(ReplayEngine engine) => [.. Enum.GetValues<TxState>().Select(state => (long)engine.Pool.CountOf(state))];
}
