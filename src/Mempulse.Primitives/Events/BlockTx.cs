namespace Mempulse.Primitives.Events;

/// <summary>A transaction as a block includes it.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Sender">Its sender.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Succeeded">Its receipt's status; true when the receipt is not known.</param>
/// <param name="GasUsed">Gas it used; 0 when the receipt is not known.</param>
/// <param name="Authorizations">EIP-7702 tuples it carries, with their signers.</param>
public sealed record BlockTx(
    Hash256 Hash,
    Address Sender,
    Nonce Nonce,
    bool Succeeded,
    Gas GasUsed,
    ReadOnlyMemory<Authorization> Authorizations);
