using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>A transaction that no longer waits.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="State">Its state then: in a block, replaced or expired; unknown if the fold had forgotten it.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-end")]
public sealed record TxListEnd([property: Id(0)] Hash256 Hash, [property: Id(1)] TxState State);
