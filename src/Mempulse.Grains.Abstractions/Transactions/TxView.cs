using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>One transaction: where it stands and how it came there.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-view")]
public sealed record TxView
{
    /// <summary>The transaction.</summary>
    [Id(0)]
    public required Hash256 Hash { get; init; }

    /// <summary>Where it stands at <see cref="AsOf"/>.</summary>
    [Id(1)]
    public required TxState State { get; init; }

    /// <summary>The position up to which this is true.</summary>
    [Id(2)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>Its body; null while only its hash was seen.</summary>
    [Id(3)]
    public TxBody? Body { get; init; }

    /// <summary>The first sighting of each source, in order of arrival.</summary>
    [Id(4)]
    public IReadOnlyList<SourceSightings> Sightings { get; init; } = [];

    /// <summary>Its life, in order.</summary>
    [Id(5)]
    public IReadOnlyList<LifecycleStep> Lifecycle { get; init; } = [];

    /// <summary>The transaction that took its place.</summary>
    [Id(6)]
    public Hash256? ReplacedBy { get; init; }

    /// <summary>The transaction whose place it took.</summary>
    [Id(7)]
    public Hash256? Replaces { get; init; }

    /// <summary>The canonical block that includes it; null while none does.</summary>
    [Id(8)]
    public Inclusion? Inclusion { get; init; }

    /// <summary>True when arrival times of a source that showed it were made, not measured.</summary>
    [Id(9)]
    public bool IsSynthetic { get; init; }

    /// <summary>True when it has more records than were looked at; the newest are then missing from the lists.</summary>
    [Id(10)]
    public bool IsTruncated { get; init; }

    /// <summary>How it spread, and who could not see then; null when it was not observed lately.</summary>
    [Id(11)]
    public TxSpread? Spread { get; init; }
}
