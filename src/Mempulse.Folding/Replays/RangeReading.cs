using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Replays;

/// <summary>Two states of a log, computed from the log alone, and what differs between them.</summary>
public sealed record RangeReading
{
    /// <summary>The position of the first state.</summary>
    public required GlobalSeq First { get; init; }

    /// <summary>The position of the second state.</summary>
    public required GlobalSeq Last { get; init; }

    /// <summary>Where the replay began: the position of a checkpoint, or <see cref="GlobalSeq.None"/>.</summary>
    public required GlobalSeq FoldedFrom { get; init; }

    /// <summary>The digest of the first state.</summary>
    public required StateDigest FirstDigest { get; init; }

    /// <summary>The digest of the second state.</summary>
    public required StateDigest LastDigest { get; init; }

    /// <summary>Transactions by state in the first state, indexed by the state's number.</summary>
    public required IReadOnlyList<long> FirstTxsByState { get; init; }

    /// <summary>Transactions by state in the second state, indexed by the state's number.</summary>
    public required IReadOnlyList<long> LastTxsByState { get; init; }

    /// <summary>The events in between by kind, in ascending order of the kind.</summary>
    public required IReadOnlyDictionary<EventKind, long> Kinds { get; init; }

    /// <summary>Number of logged derived events in between that differ from what the replay derives.</summary>
    public required ulong DivergenceCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<Divergence> Divergences { get; init; }

    /// <summary>The checkpoints in the range, both ends inclusive, in ascending order.</summary>
    public required IReadOnlyList<CheckpointComparison> Checkpoints { get; init; }

    /// <summary>The entries that differ: the counters, then in the order in which events first name them.</summary>
    public required IReadOnlyList<EntryChange> Changes { get; init; }

    /// <summary>Number of entries that differ; more than <see cref="Changes"/> has if they are too many for one answer.</summary>
    public required int ChangeCount { get; init; }

    /// <summary>Events in between that name entries which were not compared, because the range names too many.</summary>
    public required long EventsNotCompared { get; init; }

    /// <summary>The first position of the ruler, which shows some events on both sides of the range.</summary>
    public required GlobalSeq RulerFrom { get; init; }

    /// <summary>The last position of the ruler.</summary>
    public required GlobalSeq RulerTo { get; init; }

    /// <summary>Derived events in equal parts of the ruler.</summary>
    public required IReadOnlyList<int> RulerDerived { get; init; }

    /// <summary>Blocks, reorgs and checkpoints on the ruler.</summary>
    public required IReadOnlyList<LogMark> Marks { get; init; }
}
