using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>What the block follower needs of a receipt, as a node gave it in JSON.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="BlockHash">The block that includes it.</param>
/// <param name="Succeeded">Its status; true before Byzantium, where receipts have none.</param>
/// <param name="GasUsed">Gas it used itself.</param>
public sealed record RpcReceipt(Hash256 TransactionHash, Hash256 BlockHash, bool Succeeded, Gas GasUsed);
