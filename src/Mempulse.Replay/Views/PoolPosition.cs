using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>Where a transaction stands among the others: what is asked of every waiting one, so that asking costs no memory.</summary>
public readonly record struct PoolPosition
{
    /// <summary>Its state.</summary>
    public required TxState State { get; init; }

    /// <summary>Time of the first fact about it.</summary>
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>Block time from which its wait counts, in seconds; 0 before the first block.</summary>
    public required ulong WaitsSinceSeconds { get; init; }

    /// <summary>Sightings before a block included it.</summary>
    public required uint Sightings { get; init; }

    /// <summary>Number of nonces below its own that are not used and that no known transaction has; null if none is known to be missing while the account's next nonce is only assumed.</summary>
    public required ulong? MissingNonces { get; init; }

    /// <summary>True if another transaction had its nonce before.</summary>
    public required bool IsReplacement { get; init; }
}
