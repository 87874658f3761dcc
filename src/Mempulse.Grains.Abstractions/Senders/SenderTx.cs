using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Senders;

/// <summary>A transaction in an account's nonce chain.</summary>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Hash">The transaction.</param>
/// <param name="State">Its state.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sender-tx")]
public sealed record SenderTx(
    [property: Id(0)] Nonce Nonce,
    [property: Id(1)] Hash256 Hash,
    [property: Id(2)] TxState State);
