using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>A place in a sorted list of transactions.</summary>
/// <param name="Number">What the transaction there is sorted by; null where that is not known.</param>
/// <param name="Hash">The transaction.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-place")]
public sealed record TxListPlace([property: Id(0)] UInt256? Number, [property: Id(1)] Hash256 Hash);
