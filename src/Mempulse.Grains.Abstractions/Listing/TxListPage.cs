namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>A page of the waiting transactions.</summary>
/// <param name="Counts">The whole list.</param>
/// <param name="Matching">Number of transactions that are asked for, on all pages.</param>
/// <param name="Rows">The transactions of this page, in their order.</param>
/// <param name="Next">The place after which the next page begins; null for the last one.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-page")]
public sealed record TxListPage(
    [property: Id(0)] TxListCounts Counts,
    [property: Id(1)] int Matching,
    [property: Id(2)] IReadOnlyList<TxListRow> Rows,
    [property: Id(3)] TxListPlace? Next);
