using Mempulse.Ethereum.Blocks;

namespace Mempulse.ChainState;

/// <summary>A block with its transactions, and what their receipts say.</summary>
/// <param name="Header">The header, whose hash is that of the block and whose root is that of the transactions.</param>
/// <param name="Transactions">The transactions as they are encoded, in order.</param>
/// <param name="Receipts">For each, its status and the gas that it used, as the node claims: an execution agrees with them or does not.</param>
public sealed record BlockContents(BlockHeader Header, IReadOnlyList<ReadOnlyMemory<byte>> Transactions, IReadOnlyList<ReceiptClaim> Receipts);
