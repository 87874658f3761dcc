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
}
