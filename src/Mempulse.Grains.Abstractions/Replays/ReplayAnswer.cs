using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>Two states of a chain and the events between them.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.replay-answer")]
public sealed record ReplayAnswer
{
    /// <summary>The longest range of one answer, in events. Page through a longer range with <see cref="To"/>.</summary>
    public const ulong MaxEvents = 1_000_000;

    /// <summary>The outcome of the replay.</summary>
    [Id(0)]
    public required ReplayOutcome Outcome { get; init; }

    /// <summary>The first position.</summary>
    [Id(1)]
    public GlobalSeq From { get; init; }

    /// <summary>The second position: the requested one, or <see cref="MaxEvents"/> after <see cref="From"/> if that is less.</summary>
    [Id(2)]
    public GlobalSeq To { get; init; }

    /// <summary>The position the replay has reached.</summary>
    [Id(3)]
    public GlobalSeq At { get; init; }

    /// <summary>The digest at <see cref="From"/>.</summary>
    [Id(4)]
    public StateDigest FromDigest { get; init; }

    /// <summary>The digest at <see cref="To"/>.</summary>
    [Id(5)]
    public StateDigest ToDigest { get; init; }

    /// <summary>The number of transactions in each state at <see cref="From"/>, indexed by the state's number.</summary>
    [Id(6)]
    public IReadOnlyList<long> FromTxsByState { get; init; } = [];

    /// <summary>The number of transactions in each state at <see cref="To"/>, indexed by the state's number.</summary>
    [Id(7)]
    public IReadOnlyList<long> ToTxsByState { get; init; } = [];

    /// <summary>The events between the two positions, counted by kind, in ascending order of the kind's number.</summary>
    [Id(8)]
    public IReadOnlyList<KindCount> Kinds { get; init; } = [];

    /// <summary>Logged derived events between the two positions that differ from what the replay derives.</summary>
    [Id(9)]
    public long Divergences { get; init; }

    /// <summary>What went wrong, or what the replay is doing, in a sentence.</summary>
    [Id(10)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>The first of the divergences.</summary>
    [Id(11)]
    public IReadOnlyList<ReplayedDifference> Differences { get; init; } = [];

    /// <summary>The checkpoints in the range, live against replayed, in ascending order; the last ones if there are many.</summary>
    [Id(12)]
    public IReadOnlyList<CheckpointDigests> Checkpoints { get; init; } = [];

    /// <summary>The entries of the state that differ, the counters first; the first ones if there are many.</summary>
    [Id(13)]
    public IReadOnlyList<ChangedEntry> Changes { get; init; } = [];

    /// <summary>Number of entries that differ.</summary>
    [Id(14)]
    public int ChangeCount { get; init; }

    /// <summary>Events of the range that name entries which were not compared, because the range names too many.</summary>
    [Id(15)]
    public long EventsNotCompared { get; init; }

    /// <summary>Where the replay began: the position of a checkpoint, or <see cref="GlobalSeq.None"/>.</summary>
    [Id(16)]
    public GlobalSeq FoldedFrom { get; init; }

    /// <summary>Where the range is in the log; null while the replay runs.</summary>
    [Id(17)]
    public ReplayRuler? Ruler { get; init; }

    /// <summary>How long the replay took.</summary>
    [Id(18)]
    public TimeSpan Took { get; init; }
}
