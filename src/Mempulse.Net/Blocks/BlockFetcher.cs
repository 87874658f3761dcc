using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Asks one node for blocks, for their receipts, and for the nonces of the accounts their authorisations name.</summary>
/// <remarks>Confined to the follower's loop.</remarks>
internal sealed class BlockFetcher(BlockVerifier verifier, int itemsPerCall)
{
    /// <summary>The node's head: its hash and height, or null when it does not say.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<(Hash256 Hash, BlockNumber Number)?> ReadHeadAsync(RpcClient client, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_getBlockByNumber", "latest", false), cancellationToken).ConfigureAwait(false);
        return answers[0].HasResult && RpcBlockReader.TryReadHeader(answers[0].Result, out var header, out var hash, out _)
            ? (hash, header.Number)
            : null;
    }

    /// <summary>A block by its hash, verified; null when the node does not have it.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    /// <exception cref="BlockUnusableException">What it gave is not that block.</exception>
    public async Task<VerifiedBlock?> FetchAsync(RpcClient client, Hash256 hash, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_getBlockByHash", hash.ToString(), true), cancellationToken).ConfigureAwait(false);
        if (!answers[0].HasResult)
        {
            return null;
        }

        return RpcBlockReader.TryRead(answers[0].Result, out var block, out var failure)
            ? verifier.Verify(block, hash, await FetchUnknownAsync(client, block, cancellationToken).ConfigureAwait(false))
            : throw new BlockUnusableException(hash, default, DropReason.InvalidProtocol, failure.ToString());
    }

    /// <summary>The raw bytes of transactions whose fields we do not know, so that the root can be checked and they are kept.</summary>
    private async Task<IReadOnlyList<byte[]?>> FetchUnknownAsync(RpcClient client, RpcBlock block, CancellationToken cancellationToken)
    {
        var bodies = new List<byte[]?>(block.Unknown.Count);
        foreach (var part in block.Unknown.Chunk(itemsPerCall))
        {
            using var answers = await client.BatchAsync(
                [.. part.Select(static told => new RpcCall("eth_getRawTransactionByHash", told.ClaimedHash.ToString()))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < part.Length; i++)
            {
                bodies.Add(RpcHex.ReadData(answers[i].Result) is { Length: > 0 } raw ? raw : null);
            }
        }

        return bodies;
    }

    /// <summary>The headers below a block, oldest first, as far as the node has them and each is its child's parent.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public async Task<IReadOnlyList<SeenBlock>> FetchAncestorsAsync(RpcClient client, VerifiedBlock block, int count, CancellationToken cancellationToken)
    {
        var newestFirst = new List<SeenBlock>();
        var child = block.Seen;
        ulong lowest = block.Number.Value - Math.Min(block.Number.Value, (ulong)count);
        while (child.Number.Value > lowest)
        {
            ulong top = child.Number.Value;
            int size = (int)Math.Min((ulong)itemsPerCall, top - lowest);
            using var answers = await client.BatchAsync(
                [.. Enumerable.Range(1, size).Select(i => new RpcCall("eth_getBlockByNumber", RpcHex.Quantity(top - (ulong)i), false))],
                cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < size; i++)
            {
                if (!answers[i].HasResult
                    || !RpcBlockReader.TryReadHeader(answers[i].Result, out var header, out _, out _)
                    || header.ComputeHash() != child.ParentHash)
                {
                    newestFirst.Reverse();
                    return newestFirst;
                }

                child = new SeenBlock(header.Number, child.ParentHash, header.ParentHash);
                newestFirst.Add(child);
            }
        }

        newestFirst.Reverse();
        return newestFirst;
    }

    /// <summary>The block as an event, with what receipts and nonces the node tells.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public async Task<LogEvent.BlockObserved> CompleteAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
    {
        var receipts = block.Transactions.Count == 0 ? [] : await FetchReceiptsAsync(client, block, cancellationToken).ConfigureAwait(false);
        var header = block.Header;
        return new LogEvent.BlockObserved
        {
            Hash = block.Hash,
            Number = header.Number,
            ParentHash = header.ParentHash,
            TimestampSeconds = header.TimestampSeconds,
            BaseFeePerGas = header.BaseFeePerGas ?? default,
            GasUsed = header.GasUsed,
            GasLimit = header.GasLimit,
            FeeRecipient = header.FeeRecipient,
            ExcessBlobGas = header.ExcessBlobGas ?? default,
            BlobGasUsed = header.BlobGasUsed ?? default,
            Transactions = receipts is null ? block.Transactions : [.. block.Transactions.Zip(receipts, WithReceipt)],
            AuthorityNonces = await FetchNoncesAsync(client, block, cancellationToken).ConfigureAwait(false),
        };
    }

    private static BlockTx WithReceipt(BlockTx tx, RpcReceipt receipt) => tx with { Succeeded = receipt.Succeeded, GasUsed = receipt.GasUsed };

    /// <summary>All receipts in the order of the transactions; null when the node does not give them.</summary>
    private async Task<IReadOnlyList<RpcReceipt>?> FetchReceiptsAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_getBlockReceipts", block.Hash.ToString()), cancellationToken).ConfigureAwait(false);
        if (answers[0].HasResult && RpcReceiptReader.TryReadAll(answers[0].Result, out var receipts, out _) && IsOf(block, receipts))
        {
            return receipts;
        }

        var each = new List<RpcReceipt>(block.Transactions.Count);
        foreach (var part in block.Transactions.Chunk(itemsPerCall))
        {
            using var some = await client.BatchAsync(
                [.. part.Select(static tx => new RpcCall("eth_getTransactionReceipt", tx.Hash.ToString()))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < part.Length; i++)
            {
                if (!some[i].HasResult || !RpcReceiptReader.TryRead(some[i].Result, out var receipt, out _))
                {
                    return null;
                }

                each.Add(receipt);
            }
        }

        return IsOf(block, each) ? each : null;
    }

    private static bool IsOf(VerifiedBlock block, IReadOnlyList<RpcReceipt> receipts) =>
        receipts.Count == block.Transactions.Count
        && block.Transactions.Zip(receipts).All(pair => pair.First.Hash == pair.Second.TransactionHash && pair.Second.BlockHash == block.Hash);

    /// <summary>Next nonces, at this block, of the accounts that its EIP-7702 tuples name: whether a tuple took effect shows nowhere else.</summary>
    private async Task<IReadOnlyList<AccountNonce>> FetchNoncesAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
    {
        var authorities = new List<Address>();
        foreach (var tx in block.Transactions)
        {
            foreach (var tuple in tx.Authorizations.Span)
            {
                authorities.Add(tuple.Authority);
            }
        }

        var nonces = new List<AccountNonce>();
        var atBlock = RpcParameters.AtBlock(block.Hash);
        foreach (var part in authorities.Distinct().Chunk(itemsPerCall))
        {
            using var answers = await client.BatchAsync(
                [.. part.Select(account => new RpcCall("eth_getTransactionCount", account.ToString(), atBlock))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < part.Length; i++)
            {
                if (RpcHex.TryReadUInt64(answers[i].Result, out ulong next))
                {
                    nonces.Add(new AccountNonce(part[i], new Nonce(next)));
                }
            }
        }

        return nonces;
    }
}
