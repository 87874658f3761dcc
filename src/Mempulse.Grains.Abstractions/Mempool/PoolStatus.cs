using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Abstractions.Reorgs;
using Mempulse.Grains.Abstractions.Rules;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>The status of a chain's fold.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.pool-status")]
public sealed record PoolStatus
{
    /// <summary>What the fold is doing.</summary>
    [Id(0)]
    public required FoldPhase Phase { get; init; }

    /// <summary>The last applied position.</summary>
    [Id(1)]
    public GlobalSeq Applied { get; init; }

    /// <summary>The highest durable position the fold knows of.</summary>
    [Id(2)]
    public GlobalSeq Watermark { get; init; }

    /// <summary>The state digest at <see cref="Applied"/>.</summary>
    [Id(3)]
    public StateDigest Digest { get; init; }

    /// <summary>The number of transactions in each state, indexed by the state's number.</summary>
    [Id(4)]
    public IReadOnlyList<long> TxsByState { get; init; } = [];

    /// <summary>The canonical head's height; null before the first block.</summary>
    [Id(5)]
    public BlockNumber? HeadNumber { get; init; }

    /// <summary>The canonical head; null before the first block.</summary>
    [Id(6)]
    public Hash256? HeadHash { get; init; }

    /// <summary>Logged derived events that differ from what the fold derives.</summary>
    [Id(7)]
    public long Divergences { get; init; }

    /// <summary>The first divergence, in a sentence; empty while the fold has not diverged.</summary>
    [Id(8)]
    public string FirstDivergence { get; init; } = string.Empty;

    /// <summary>Derived events not yet known to be in the log.</summary>
    [Id(9)]
    public long DerivedWaiting { get; init; }

    /// <summary>The position of the newest checkpoint; <see cref="GlobalSeq.None"/> before the first checkpoint.</summary>
    [Id(10)]
    public GlobalSeq Checkpoint { get; init; }

    /// <summary>The time of the last applied event.</summary>
    [Id(11)]
    public UnixNanoseconds EventTime { get; init; }

    /// <summary>The counters of the follower.</summary>
    [Id(12)]
    public FollowerStatus Follower { get; init; } = new();

    /// <summary>What stopped the fold, in a sentence; empty unless <see cref="Phase"/> is <see cref="FoldPhase.Failed"/>.</summary>
    [Id(13)]
    public string Failure { get; init; } = string.Empty;

    /// <summary>The sources on record.</summary>
    [Id(14)]
    public IReadOnlyList<PoolSourceStatus> Sources { get; init; } = [];

    /// <summary>The time of the latest observation; for a played capture, the recorded time.</summary>
    [Id(15)]
    public UnixNanoseconds LastObservedAt { get; init; }

    /// <summary>The chains that were left beyond finality, the newest last.</summary>
    [Id(16)]
    public IReadOnlyList<AbandonedStatus> Abandoned { get; init; } = [];

    /// <summary>The registry in force; null before the log states one.</summary>
    [Id(17)]
    public RegistryStatus? Registry { get; init; }

    /// <summary>Why the registry's file as it is now is not in force, in a sentence; empty if it is.</summary>
    [Id(18)]
    public string RegistryProblem { get; init; } = string.Empty;

    /// <summary>Functions whose decoded amounts are not to be relied on, since the logs of included transactions contradict them too often.</summary>
    [Id(19)]
    public IReadOnlyList<string> DriftingDecoders { get; init; } = [];

    /// <summary>The book of pools, in numbers.</summary>
    [Id(20)]
    public BookStatus Book { get; init; } = new(null, null, 0, 0, 0);

    /// <summary>Why pools cannot be read from the chain, in a sentence; empty if they can, or nothing reads them.</summary>
    [Id(21)]
    public string PoolProblem { get; init; } = string.Empty;

    /// <summary>Durable events not yet applied.</summary>
    public ulong Lag => Watermark > Applied ? Watermark.Value - Applied.Value : 0;

    /// <summary>The lending markets, in numbers.</summary>
    [Id(22)]
    public MarketStatus Markets { get; init; } = new(null, 0, 0, 0, 0, 0, 0);

    /// <summary>Why lending markets cannot be read from the chain, in a sentence; empty if they can, or nothing reads them.</summary>
    [Id(23)]
    public string MarketProblem { get; init; } = string.Empty;

    /// <summary>Whether bundles are made, and what failed.</summary>
    [Id(24)]
    public AssemblyReport Bundles { get; init; } = AssemblyReport.None;
}
