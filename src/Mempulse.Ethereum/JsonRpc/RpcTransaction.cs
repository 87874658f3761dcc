using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A transaction as a node gave it in JSON. Nothing of it is proved until its encoding hashes to what the node claims.</summary>
/// <param name="Transaction">Its signed fields.</param>
/// <param name="ClaimedHash">The hash the node gives.</param>
/// <param name="ClaimedSender">The sender the node gives; null where it gives none.</param>
public sealed record RpcTransaction(SignedTransaction Transaction, Hash256 ClaimedHash, Address? ClaimedSender);
