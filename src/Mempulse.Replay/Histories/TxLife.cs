using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Histories;

/// <summary>A transaction's life, built from its records in the log.</summary>
public sealed record TxLife
{
    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its state after the last record.</summary>
    public required TxState State { get; init; }

    /// <summary>The last record.</summary>
    public required GlobalSeq AsOf { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    public required Address? Sender { get; init; }

    /// <summary>Its body; null while only its hash is known.</summary>
    public required NormalizedTx? Body { get; init; }

    /// <summary>The event that delivered the body; <see cref="GlobalSeq.None"/> before that.</summary>
    public required GlobalSeq DecodedAt { get; init; }

    /// <summary>The first sighting of each source and its count, in order of arrival.</summary>
    public required IReadOnlyList<SourceHistory> Sightings { get; init; }

    /// <summary>Its life in order: the first sighting, the body, and every derived event.</summary>
    public required IReadOnlyList<LifeStep> Steps { get; init; }

    /// <summary>The transaction that replaced it: null when none did, the zero hash when the replacing transaction is not known.</summary>
    public required Hash256? ReplacedBy { get; init; }

    /// <summary>The transaction that it replaced; null for none.</summary>
    public required Hash256? Replaces { get; init; }

    /// <summary>The canonical block that includes it; null when no block does.</summary>
    public required PoolInclusion? Inclusion { get; init; }

    /// <summary>True when it has more sources or steps than are listed.</summary>
    public required bool IsTruncated { get; init; }
}
