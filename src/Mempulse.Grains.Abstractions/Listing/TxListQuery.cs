using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>Which waiting transactions are asked for, and in which order. An empty list, and null, stand for all.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-query")]
public sealed record TxListQuery
{
    /// <summary>Largest number of rows of a page.</summary>
    public const int MaxLimit = 500;

    /// <summary>In one of these states.</summary>
    [Id(0)]
    public IReadOnlyList<TxState> States { get; init; } = [];

    /// <summary>In one of these classes of fees.</summary>
    [Id(1)]
    public IReadOnlyList<FeeClass> Fees { get; init; } = [];

    /// <summary>For one of these purposes, by name, such as "Swap".</summary>
    [Id(2)]
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>With all of these risks, by name, such as "no_deadline".</summary>
    [Id(3)]
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Of this protocol; case does not matter.</summary>
    [Id(4)]
    public string? Protocol { get; init; }

    /// <summary>Announced by the source with this name or id.</summary>
    [Id(5)]
    public string? Source { get; init; }

    /// <summary>Of this sender.</summary>
    [Id(6)]
    public Address? Sender { get; init; }

    /// <summary>With this text in its hash, its accounts, or the names of what it calls; case does not matter.</summary>
    [Id(7)]
    public string? Text { get; init; }

    /// <summary>The least tip per gas at the next base fee.</summary>
    [Id(8)]
    public Wei? MinTip { get; init; }

    /// <summary>The largest tip per gas at the next base fee.</summary>
    [Id(9)]
    public Wei? MaxTip { get; init; }

    /// <summary>The least cap on the fee per gas.</summary>
    [Id(10)]
    public Wei? MinFee { get; init; }

    /// <summary>The largest cap on the fee per gas.</summary>
    [Id(11)]
    public Wei? MaxFee { get; init; }

    /// <summary>What they are sorted by.</summary>
    [Id(12)]
    public TxSort Sort { get; init; }

    /// <summary>Which end comes first.</summary>
    [Id(13)]
    public SortOrder Order { get; init; }

    /// <summary>The place after which the page begins; null for the first page.</summary>
    [Id(14)]
    public TxListPlace? After { get; init; }

    /// <summary>Number of rows at most, up to <see cref="MaxLimit"/>.</summary>
    [Id(15)]
    public int Limit { get; init; } = 100;

    /// <summary>The least cap on the tip per gas.</summary>
    [Id(16)]
    public Wei? MinTipCap { get; init; }

    /// <summary>The largest cap on the tip per gas.</summary>
    [Id(17)]
    public Wei? MaxTipCap { get; init; }

    /// <summary>First reported at this time or later.</summary>
    [Id(18)]
    public UnixNanoseconds? FirstFrom { get; init; }

    /// <summary>First reported at this time or earlier.</summary>
    [Id(19)]
    public UnixNanoseconds? FirstTo { get; init; }
}
