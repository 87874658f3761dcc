using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Fetches blocks and the nonces of the accounts that their authorisations name.</summary>
/// <remarks>Confined to the follower's loop.</remarks>
internal sealed class BlockFetcher(BlockVerifier verifier, ChainId chain, int itemsPerCall)
{
    private readonly RawBodyFetcher _raw = new(itemsPerCall);

    /// <summary>Returns the hash and height of the node's head; null if it does not report them.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<(Hash256 Hash, BlockNumber Number)?> ReadHeadAsync(RpcClient client, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_getBlockByNumber", "latest", false), cancellationToken).ConfigureAwait(false);
        return answers[0].HasResult && RpcBlockReader.TryReadHead(answers[0].Result, out var hash, out var number, out _)
            ? (hash, number)
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

        if (!RpcBlockReader.TryReadAny(answers[0].Result, chain, out var block, out var failure))
        {
            throw new BlockUnusableException(hash, default, DropReason.InvalidProtocol, failure.ToString());
        }

        var (header, isClaimed) = await VerifyHeaderAsync(client, block, hash, cancellationToken).ConfigureAwait(false);
        if (block.Transactions.Count + block.Unknown.Count != block.TransactionHashes.Count)
        {
            throw BlockVerifier.Unusable(block, hash, "The block has no transaction bodies.");
        }

        var transactions = ReportedTx.ListOf(block);
        if (!BlockVerifier.Matches(header, transactions))
        {
            await FetchRawAsync(client, hash, transactions, cancellationToken).ConfigureAwait(false);
        }

        return verifier.Verify(block, header, hash, transactions, isClaimed);
    }

    /// <summary>Returns the block's header: from its JSON, from its bytes, or, if it has parts that are unknown here and no bytes, as claimed.</summary>
    private static async Task<(BlockHeader Header, bool IsClaimed)> VerifyHeaderAsync(RpcClient client, RpcBlock block, Hash256 hash, CancellationToken cancellationToken)
    {
        if (BlockVerifier.VerifyHeader(block, hash) is { } header)
        {
            return (header, false);
        }

        if (block.ClaimedHash != hash || (!block.HeaderFailure.IsFailure && block.UnknownMembers.Count == 0))
        {
            throw BlockVerifier.Unusable(block, hash, $"The header hashes to {block.Header.ComputeHash()}, not to {hash}.");
        }

        return await RawBodyFetcher.FetchHeaderAsync(client, hash, cancellationToken).ConfigureAwait(false) is { } raw && HeaderCodec.TryDecodeLater(raw, out var decoded)
            ? (decoded, false)
            : (block.Header, true);
    }

    /// <summary>Replaces the bytes that are missing or do not have the claimed hash by those that the node returns.</summary>
    private async Task FetchRawAsync(RpcClient client, Hash256 hash, List<ReportedTx> transactions, CancellationToken cancellationToken)
    {
        var doubtful = transactions.FindAll(static tx => !tx.IsConsistent);
        var found = await _raw.FetchAsync(client, hash, [.. doubtful.Select(static tx => (tx.Index, tx.Hash))], cancellationToken).ConfigureAwait(false);
        foreach (var tx in doubtful)
        {
            // A test node may return bytes with another hash than it claims. They count only where the JSON gives none.
            if (found.TryGetValue(tx.Index, out byte[]? raw) && (tx.Raw is null || Keccak256.Hash(raw) == tx.Hash))
            {
                tx.Raw = raw;
            }
        }
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
                    || !RpcBlockReader.TryReadAny(answers[i].Result, chain, out var ancestor, out _)
                    || BlockVerifier.VerifyHeader(ancestor, child.ParentHash) is not { } header)
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
