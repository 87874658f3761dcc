using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Changes;

/// <summary>A change of a transaction's state.</summary>
/// <param name="Tx">The transaction.</param>
/// <param name="From">Its state before; <see cref="TxState.Unknown"/> when this fact is the first about it.</param>
/// <param name="To">Its state after.</param>
public readonly record struct TxTransition(Hash256 Tx, TxState From, TxState To);
