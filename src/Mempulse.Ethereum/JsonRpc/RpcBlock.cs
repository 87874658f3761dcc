using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A block as a node returned it in JSON. Nothing in it is proven until the header's hash and the roots are checked.</summary>
/// <param name="Header">The header; <see cref="BlockHeader.ComputeHash"/> must return <paramref name="ClaimedHash"/>.</param>
/// <param name="ClaimedHash">The block hash that the node claims.</param>
/// <param name="TransactionHashes">The transaction hashes that the node claims, in block order.</param>
/// <param name="Transactions">The bodies in the same order, without those that cannot be read; empty if the node was asked for hashes only.</param>
/// <param name="Unknown">The transactions that cannot be read, by ascending index.</param>
/// <param name="Withdrawals">The withdrawals; null before Shanghai.</param>
public sealed record RpcBlock(
    BlockHeader Header,
    Hash256 ClaimedHash,
    IReadOnlyList<Hash256> TransactionHashes,
    IReadOnlyList<RpcTransaction> Transactions,
    IReadOnlyList<RpcUnknownTransaction> Unknown,
    IReadOnlyList<Withdrawal>? Withdrawals)
{
    /// <summary>The first fault of the header; the fields with faults are defaults.</summary>
    public RpcFailure HeaderFailure { get; init; } = RpcFailure.None;

    /// <summary>Values of members that are unknown here, in the order of the JSON: a later fork's header fields may be among them.</summary>
    public IReadOnlyList<string> UnknownMembers { get; init; } = [];
}
