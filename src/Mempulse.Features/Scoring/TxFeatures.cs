using Mempulse.Primitives;

namespace Mempulse.Features.Scoring;

/// <summary>What a score is made of: numbers about a waiting transaction. What is not known is null, never a guess.</summary>
public readonly record struct TxFeatures
{
    /// <summary>Seconds of block time until it fails or expires, whichever is first; null before the first block.</summary>
    public long? SecondsLeft { get; init; }

    /// <summary>What it pays per gas above the next base fee, in basis points of that fee; negative if it does not pay it; null if that fee is not known.</summary>
    public long? HeadroomBasisPoints { get; init; }

    /// <summary>How far the next base fee is above that of the oldest of the last blocks, in basis points of the latter; negative if it falls; null if it is not known.</summary>
    public long? BaseFeeTrendBasisPoints { get; init; }

    /// <summary>Announcements of it by all sources.</summary>
    public long Sightings { get; init; }

    /// <summary>Other waiting transactions that trade the same tokens, or call the same contract if they trade nothing.</summary>
    public long Rivals { get; init; }

    /// <summary>Blocks among the last ones that a reorg undid.</summary>
    public long BlocksUndone { get; init; }

    /// <summary>An upper bound of what is to be gained, in wei, without a simulation; null if it is not known.</summary>
    public UInt256? ValueWei { get; init; }

    /// <summary>Failed calls among the last included ones of the sender, in basis points of these and two that succeed; null if it has none on record.</summary>
    public long? SenderFailuresBasisPoints { get; init; }

    /// <summary>The same of its target; null if none is on record.</summary>
    public long? TargetFailuresBasisPoints { get; init; }

    /// <summary>True if relays are known to leave out transactions with its target.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>Number of nonces before it that no known transaction has; it cannot be included before them.</summary>
    public long MissingNonces { get; init; }

    /// <summary>True if its result depends on the state of a pool or market, which others may change first.</summary>
    public bool IsStateSensitive { get; init; }
}
