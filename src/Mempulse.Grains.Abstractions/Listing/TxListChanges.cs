using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>How many waiting transactions came, changed and ended since a position.</summary>
/// <param name="Counts">The whole list.</param>
/// <param name="Since">The position; null if it is not known any more: then <paramref name="Changed"/> has every row.</param>
/// <param name="Changed">The rows that are new or changed, up to <see cref="MaxRows"/>, in ascending order of hash.</param>
/// <param name="Ended">The transactions that no longer wait.</param>
/// <param name="LeftOut">Number of changed rows beyond the bound.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-changes")]
public sealed record TxListChanges(
    [property: Id(0)] TxListCounts Counts,
    [property: Id(1)] GlobalSeq? Since,
    [property: Id(2)] IReadOnlyList<TxListRow> Changed,
    [property: Id(3)] IReadOnlyList<TxListEnd> Ended,
    [property: Id(4)] int LeftOut)
{
    /// <summary>Rows of one answer.</summary>
    public const int MaxRows = 4_096;
}
