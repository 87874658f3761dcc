using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>What a list of waiting transactions says as a whole.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-counts")]
public sealed record TxListCounts
{
    /// <summary>The position up to which the log was applied.</summary>
    [Id(0)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>Number of waiting transactions.</summary>
    [Id(1)]
    public required int Waiting { get; init; }

    /// <summary>Number of them by <see cref="TxState"/>.</summary>
    [Id(2)]
    public required IReadOnlyList<int> ByState { get; init; }

    /// <summary>Number of them by <see cref="FeeClass"/>.</summary>
    [Id(3)]
    public required IReadOnlyList<int> ByFee { get; init; }

    /// <summary>The canonical head; null while its fees are not known.</summary>
    [Id(4)]
    public required BlockNumber? Head { get; init; }

    /// <summary>The base fee of the head.</summary>
    [Id(5)]
    public required Wei? BaseFee { get; init; }

    /// <summary>The base fee of the next block.</summary>
    [Id(6)]
    public required Wei? NextBaseFee { get; init; }
}
