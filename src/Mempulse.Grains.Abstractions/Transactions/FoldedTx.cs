using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>The fold's answer about one transaction.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.folded-tx")]
public sealed record FoldedTx
{
    /// <summary>The last applied position.</summary>
    [Id(0)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>Where it stands; <see cref="TxState.Unknown"/> when the fold does not know it.</summary>
    [Id(1)]
    public required TxState State { get; init; }

    /// <summary>Who took its place; the zero hash for one that nobody showed.</summary>
    [Id(2)]
    public Hash256? ReplacedBy { get; init; }

    /// <summary>Whose place it took.</summary>
    [Id(3)]
    public Hash256? Replaces { get; init; }

    /// <summary>Every source by name.</summary>
    [Id(4)]
    public IReadOnlyList<PoolSourceStatus> Sources { get; init; } = [];

    /// <summary>How it spread; null when it was not observed lately.</summary>
    [Id(5)]
    public TxSpread? Spread { get; init; }
}
