using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>The waiting transactions as points, or what changed of them since a position. The members that are lists have one item for each point.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-plot")]
public sealed record TxPlot
{
    /// <summary>The whole list; its counts are exact also where the points are a sample.</summary>
    [Id(0)]
    public required TxListCounts Counts { get; init; }

    /// <summary>The position that the points are the changes since; null if they are all points.</summary>
    [Id(1)]
    public required GlobalSeq? Since { get; init; }

    /// <summary>One of 2^this transactions is a point; 0 for all.</summary>
    [Id(2)]
    public required int SampleShift { get; init; }

    /// <summary>The first eight bytes of each hash.</summary>
    [Id(3)]
    public required IReadOnlyList<ulong> Ids { get; init; }

    /// <summary>The caps on the tip per gas, in wei; the largest number for more than that.</summary>
    [Id(4)]
    public required IReadOnlyList<ulong> Tips { get; init; }

    /// <summary>The caps on the fee per gas, in wei; the largest number for more than that.</summary>
    [Id(5)]
    public required IReadOnlyList<ulong> MaxFees { get; init; }

    /// <summary>What each is for, as an index into <see cref="CategoryNames"/>.</summary>
    [Id(6)]
    public required IReadOnlyList<byte> Categories { get; init; }

    /// <summary>The state of each, as <see cref="TxState"/>.</summary>
    [Id(7)]
    public required IReadOnlyList<byte> States { get; init; }

    /// <summary>The type of each, as <see cref="TxType"/>.</summary>
    [Id(8)]
    public required IReadOnlyList<byte> Types { get; init; }

    /// <summary>1 for each in which a strategy found an opportunity, otherwise 0.</summary>
    [Id(11)]
    public required IReadOnlyList<byte> Triggers { get; init; }

    /// <summary>Which of the points are no longer there.</summary>
    [Id(9)]
    public required IReadOnlyList<ulong> Gone { get; init; }

    /// <summary>The names of what transactions are for.</summary>
    [Id(10)]
    public required IReadOnlyList<string> CategoryNames { get; init; }
}
