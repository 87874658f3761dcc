using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Fetches blocks and the nonces of the accounts that their authorisations name.</summary>
/// <remarks>Confined to the follower's loop.</remarks>
internal sealed class BlockFetcher(BlockVerifier verifier, int itemsPerCall)
{
    /// <summary>Returns the hash and height of the node's head; null if it does not report them.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<(Hash256 Hash, BlockNumber Number)?> ReadHeadAsync(RpcClient client, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_getBlockByNumber", "latest", false), cancellationToken).ConfigureAwait(false);
        return answers[0].HasResult && RpcBlockReader.TryReadHeader(answers[0].Result, out var header, out var hash, out _)
            ? (hash, header.Number)
            : null;
    }

    /// <summary>Returns a verified block by its hash; null if the node does not have it.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    /// <exception cref="BlockUnusableException">The block returned is not the one requested.</exception>
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

    /// <summary>Fetches the raw bytes of transactions of unknown types, to verify the root and to record them.</summary>
    private async Task<IReadOnlyList<byte[]?>> FetchUnknownAsync(RpcClient client, RpcBlock block, CancellationToken cancellationToken)
    {
        var bodies = new List<byte[]?>(block.Unknown.Count);
        foreach (var part in block.Unknown.Chunk(itemsPerCall))
        {
            using var answers = await client.BatchAsync(
                [.. part.Select(static reported => new RpcCall("eth_getRawTransactionByHash", reported.ClaimedHash.ToString()))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < part.Length; i++)
            {
                bodies.Add(RpcHex.ReadData(answers[i].Result) is { Length: > 0 } raw ? raw : null);
            }
        }

        return bodies;
    }

    /// <summary>Returns the headers below a block, oldest first, as far as the node has them and each is the parent of the next.</summary>
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

    /// <summary>Fetches the next nonces, at this block, of the authorities in its EIP-7702 tuples. Nothing else states whether a tuple took effect.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public async Task<IReadOnlyList<AccountNonce>> FetchNoncesAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
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
