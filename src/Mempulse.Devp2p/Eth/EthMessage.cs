using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>A message of eth, in the form that all spoken versions share. A closed hierarchy.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/caps/eth.md"/>. Bodies, headers and receipts stay the bytes that the peer sent:
/// that they are well-formed inside is for their reader to check. What a message holds belongs to whoever received it.
/// </remarks>
public abstract record EthMessage
{
    private EthMessage()
    {
    }

    /// <summary>The first message of both sides.</summary>
    public sealed record Status(EthStatus Chain) : EthMessage;

    /// <summary>New blocks by hash.</summary>
    public sealed record NewBlockHashes(IReadOnlyList<BlockAnnouncement> Blocks) : EthMessage;

    /// <summary>Whole transactions that the peer has just taken up. Never blob transactions.</summary>
    public sealed record TransactionBroadcast(IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : EthMessage;

    /// <summary>A new block with its total difficulty; proof-of-work chains only.</summary>
    public sealed record NewBlock(ReadOnlyMemory<byte> Encoded) : EthMessage;

    /// <summary>Transactions that the peer has, with their types and sizes: three lists of one length.</summary>
    public sealed record NewPooledTransactionHashes(ReadOnlyMemory<byte> Types, ReadOnlyMemory<uint> SizesBytes, ReadOnlyMemory<Hash256> Hashes) : EthMessage;

    /// <summary>Tells which blocks the peer now has. From eth/69.</summary>
    public sealed record BlockRangeUpdate(ulong Earliest, ulong Latest, Hash256 LatestHash) : EthMessage;

    /// <summary>A message that asks or answers; the answer has the question's id.</summary>
    public abstract record Exchange(ulong RequestId) : EthMessage;

    /// <summary>Asks for headers.</summary>
    public sealed record GetBlockHeaders(ulong RequestId, BlockStart Start, ulong Limit, ulong Skip, HeaderOrder Order) : Exchange(RequestId);

    /// <summary>Headers, each as an RLP item.</summary>
    public sealed record BlockHeaders(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Headers) : Exchange(RequestId);

    /// <summary>Asks for bodies.</summary>
    public sealed record GetBlockBodies(ulong RequestId, IReadOnlyList<Hash256> Hashes) : Exchange(RequestId);

    /// <summary>Bodies, each as an RLP item.</summary>
    public sealed record BlockBodies(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : Exchange(RequestId);

    /// <summary>Asks for transactions of the pool.</summary>
    public sealed record GetPooledTransactions(ulong RequestId, IReadOnlyList<Hash256> Hashes) : Exchange(RequestId);

    /// <summary>Transactions in network form, in the order asked for, unknown ones left out.</summary>
    public sealed record PooledTransactions(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : Exchange(RequestId);

    /// <summary>Asks for receipts of blocks.</summary>
    public sealed record GetReceipts(ulong RequestId, IReadOnlyList<Hash256> Hashes) : Exchange(RequestId);

    /// <summary>Receipts of each block as an RLP list; with blooms up to eth/68, without from eth/69.</summary>
    public sealed record Receipts(ulong RequestId, IReadOnlyList<ReadOnlyMemory<byte>> Blocks) : Exchange(RequestId);
}
