using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>Two states of a chain and what happened between them.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.replay-answer")]
public sealed record ReplayAnswer
{
    /// <summary>Longest stretch of one answer, in events; longer ones are paged by <see cref="To"/>.</summary>
    public const ulong MaxEvents = 1_000_000;

    /// <summary>What the replay has come to.</summary>
    [Id(0)]
    public required ReplayOutcome Outcome { get; init; }

    /// <summary>The first position.</summary>
    [Id(1)]
    public GlobalSeq From { get; init; }

    /// <summary>The second position: the one asked for, or <see cref="MaxEvents"/> after <see cref="From"/> if that is less.</summary>
    [Id(2)]
    public GlobalSeq To { get; init; }

    /// <summary>How far the replay is.</summary>
    [Id(3)]
    public GlobalSeq At { get; init; }

    /// <summary>The digest at <see cref="From"/>.</summary>
    [Id(4)]
    public StateDigest FromDigest { get; init; }

    /// <summary>The digest at <see cref="To"/>.</summary>
    [Id(5)]
    public StateDigest ToDigest { get; init; }

    /// <summary>Transactions in each state at <see cref="From"/>, by the state's number.</summary>
    [Id(6)]
    public IReadOnlyList<long> FromTxsByState { get; init; } = [];

    /// <summary>Transactions in each state at <see cref="To"/>, by the state's number.</summary>
    [Id(7)]
    public IReadOnlyList<long> ToTxsByState { get; init; } = [];

    /// <summary>Events between, by kind, rising by the kind's number.</summary>
    [Id(8)]
    public IReadOnlyList<KindCount> Kinds { get; init; } = [];

    /// <summary>Logged derived events between that were not what the fold derives.</summary>
    [Id(9)]
    public long Divergences { get; init; }

    /// <summary>What went wrong or is waited for, in a sentence.</summary>
    [Id(10)]
    public string Detail { get; init; } = string.Empty;
}
