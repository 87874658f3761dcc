using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A block as a node gave it in JSON. Nothing of it is proved until header and roots are checked.</summary>
/// <param name="Header">Its header; <see cref="BlockHeader.ComputeHash"/> must give <paramref name="ClaimedHash"/>.</param>
/// <param name="ClaimedHash">The hash the node gives.</param>
/// <param name="TransactionHashes">Its transactions in order, by the hashes the node gives.</param>
/// <param name="Transactions">Their bodies in the same order, but for those of unknown types; empty where the node was asked for hashes only.</param>
/// <param name="Unknown">Those of unknown types, by rising index.</param>
/// <param name="Withdrawals">Its withdrawals; null before Shanghai.</param>
public sealed record RpcBlock(
    BlockHeader Header,
    Hash256 ClaimedHash,
    IReadOnlyList<Hash256> TransactionHashes,
    IReadOnlyList<RpcTransaction> Transactions,
    IReadOnlyList<RpcUnknownTransaction> Unknown,
    IReadOnlyList<Withdrawal>? Withdrawals);
