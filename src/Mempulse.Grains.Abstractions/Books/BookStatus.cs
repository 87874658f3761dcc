using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Books;

/// <summary>The book of pools, in numbers.</summary>
/// <param name="Head">The block whose events were applied last; null while no pool is held.</param>
/// <param name="Number">Its height.</param>
/// <param name="Held">Pools that can be quoted.</param>
/// <param name="Wanted">Pools that are to be read.</param>
/// <param name="NotTaken">Readings that came too late or for nothing.</param>
[GenerateSerializer, Immutable, Alias("mempulse.book-status")]
public sealed record BookStatus(
    [property: Id(0)] Hash256? Head, [property: Id(1)] BlockNumber? Number, [property: Id(2)] int Held, [property: Id(3)] int Wanted, [property: Id(4)] ulong NotTaken)
{
    /// <summary>Pools that were evicted to make room for others.</summary>
    [Id(5)]
    public ulong Evicted { get; init; }

    /// <summary>Pairs of tokens that transactions named beyond what one may ask for.</summary>
    [Id(6)]
    public ulong NotAsked { get; init; }

    /// <summary>Tokens whose pools are left out, since their own events are not to be relied on.</summary>
    [Id(7)]
    public int InexactTokens { get; init; }

    /// <summary>The first of them, in ascending order.</summary>
    [Id(8)]
    public IReadOnlyList<Address> FirstInexactTokens { get; init; } = [];

    /// <summary>Of the pools to be read, those that the source of state turned out not to have.</summary>
    [Id(9)]
    public int Unread { get; init; }
}
