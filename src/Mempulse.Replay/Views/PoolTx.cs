using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>A transaction as the fold holds it.</summary>
public sealed record PoolTx
{
    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Where it stands.</summary>
    public required TxState State { get; init; }

    /// <summary>The fact that made it known.</summary>
    public required GlobalSeq FirstSeq { get; init; }

    /// <summary>When that was.</summary>
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>The first sighting of each source and its count, in order of arrival; the first one is the first by source.</summary>
    public required IReadOnlyList<SourceSighting> Sightings { get; init; }

    /// <summary>Sightings by further sources than are kept.</summary>
    public required uint UnlistedSightings { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    public required Address? Sender { get; init; }

    /// <summary>Its nonce; null while only its hash is known.</summary>
    public required Nonce? Nonce { get; init; }

    /// <summary>What its body says; null while the body is not known.</summary>
    public required PoolTxBody? Body { get; init; }

    /// <summary>The canonical block that includes it; null while none does.</summary>
    public required PoolInclusion? Inclusion { get; init; }

    /// <summary>Who took its place: null while nobody did, the zero hash when a transaction did that nobody showed here.</summary>
    public required Hash256? ReplacedBy { get; init; }

    /// <summary>Whose place it took; null for nobody's.</summary>
    public required Hash256? Replaces { get; init; }
}
