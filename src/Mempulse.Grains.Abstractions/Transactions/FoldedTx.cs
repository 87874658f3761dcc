using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Transactions;

/// <summary>The fold's answer about one transaction.</summary>
/// <param name="AsOf">The last applied position.</param>
/// <param name="State">Where it stands; <see cref="TxState.Unknown"/> when the fold does not hold it.</param>
[GenerateSerializer, Immutable, Alias("mempulse.folded-tx")]
public sealed record FoldedTx([property: Id(0)] GlobalSeq AsOf, [property: Id(1)] TxState State);
