using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>The part of a receipt that the block follower needs, as a node returned it in JSON.</summary>
/// <param name="TransactionHash">Hash of the transaction.</param>
/// <param name="BlockHash">Hash of the block that includes it.</param>
/// <param name="Succeeded">The status; true before Byzantium, where receipts have no status.</param>
/// <param name="GasUsed">Gas used by this transaction alone.</param>
public sealed record RpcReceipt(Hash256 TransactionHash, Hash256 BlockHash, bool Succeeded, Gas GasUsed);
