using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>A transaction as the fold holds it.</summary>
public sealed record PoolTx
{
    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its state.</summary>
    public required TxState State { get; init; }

    /// <summary>Time of the first fact about it: a sighting, a body or a block.</summary>
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    public required Address? Sender { get; init; }

    /// <summary>Its nonce; null while only its hash is known.</summary>
    public required Nonce? Nonce { get; init; }

    /// <summary>The fields of its body; null while the body is not known.</summary>
    public required PoolTxBody? Body { get; init; }

    /// <summary>The canonical block that includes it; null when no block does.</summary>
    public required PoolInclusion? Inclusion { get; init; }

    /// <summary>The transaction that replaced it: null when none did, the zero hash for one that is not known here.</summary>
    public required Hash256? ReplacedBy { get; init; }

    /// <summary>The transaction that it replaced; null for none.</summary>
    public required Hash256? Replaces { get; init; }
}
