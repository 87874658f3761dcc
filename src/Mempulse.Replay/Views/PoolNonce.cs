using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>A nonce and the transaction that holds it.</summary>
/// <param name="Nonce">The nonce.</param>
/// <param name="Hash">The transaction.</param>
/// <param name="State">Its state.</param>
public readonly record struct PoolNonce(Nonce Nonce, Hash256 Hash, TxState State);
