using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A transaction as a node returned it in JSON. Nothing in it is proven until its encoding hashes to the claimed hash.</summary>
/// <param name="Transaction">The signed fields.</param>
/// <param name="ClaimedHash">The hash that the node claims.</param>
/// <param name="ClaimedSender">The sender that the node claims; null if it names none.</param>
public sealed record RpcTransaction(SignedTransaction Transaction, Hash256 ClaimedHash, Address? ClaimedSender)
{
    /// <summary>True when its encoding hashes to the claimed hash. Encodes and hashes it at each call.</summary>
    public bool IsConsistent => Keccak256.Hash(TransactionEncoder.Encode(Transaction)) == ClaimedHash;
}
