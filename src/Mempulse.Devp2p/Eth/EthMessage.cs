using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>An eth message in the form that all supported versions share. A closed hierarchy.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/caps/eth.md"/>. Transactions, headers, bodies and receipts stay encoded as the peer sent
/// them; the consumer validates them. The receiver of a message owns its buffers.
/// </remarks>
public abstract record EthMessage
{
    private EthMessage()
    {
    }

    /// <summary>The first eth message of both sides.</summary>
    public sealed record Status(EthStatus Chain) : EthMessage;

    /// <summary>Announces blocks by hash and number.</summary>
    public sealed record NewBlockHashes(IReadOnlyList<BlockAnnouncement> Blocks) : EthMessage;

    /// <summary>Broadcasts complete transactions (the protocol's Transactions message). Never blob transactions.</summary>
    public sealed record TransactionBroadcast(IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : EthMessage;

    /// <summary>Propagates a block with its total difficulty; proof-of-work chains only.</summary>
    public sealed record NewBlock(ReadOnlyMemory<byte> Encoded) : EthMessage;

    /// <summary>Announces transactions by hash, with type and size in bytes; the three lists have the same length.</summary>
    public sealed record NewPooledTransactionHashes(ReadOnlyMemory<byte> Types, ReadOnlyMemory<uint> SizesBytes, ReadOnlyMemory<Hash256> Hashes) : EthMessage;

    /// <summary>Announces the block range that the peer can serve, both ends inclusive. Since eth/69.</summary>
    public sealed record BlockRangeUpdate(ulong Earliest, ulong Latest, Hash256 LatestHash) : EthMessage;

    /// <summary>A request or a response; a response carries the id of its request.</summary>
    public abstract record Exchange(ulong RequestId) : EthMessage;

    /// <summary>Requests headers.</summary>
    public sealed record GetBlockHeaders(ulong RequestId, BlockStart Start, ulong Limit, ulong Skip, HeaderOrder Order) : Exchange(RequestId);

    /// <summary>Headers, each one RLP item.</summary>
    public sealed record BlockHeaders(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Headers) : Exchange(RequestId);

    /// <summary>Requests block bodies.</summary>
    public sealed record GetBlockBodies(ulong RequestId, IReadOnlyList<Hash256> Hashes) : Exchange(RequestId);

    /// <summary>Block bodies, each one RLP item.</summary>
    public sealed record BlockBodies(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : Exchange(RequestId);

    /// <summary>Requests transactions of the peer's pool.</summary>
    public sealed record GetPooledTransactions(ulong RequestId, IReadOnlyList<Hash256> Hashes) : Exchange(RequestId);

    /// <summary>Transactions in network form, in the order of the request; the peer omits those it does not have.</summary>
    public sealed record PooledTransactions(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : Exchange(RequestId);

    /// <summary>Requests the receipts of blocks.</summary>
    public sealed record GetReceipts(ulong RequestId, IReadOnlyList<Hash256> Hashes) : Exchange(RequestId);

    /// <summary>The receipts of each block as an RLP list; with blooms up to eth/68, without since eth/69.</summary>
    public sealed record Receipts(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Blocks) : Exchange(RequestId);
}
