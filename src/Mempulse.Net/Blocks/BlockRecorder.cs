using Mempulse.Ethereum.Hashing;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Records a block that joins the chain, with its receipts if they are there, and requests them if they are not.</summary>
/// <remarks>Confined to the follower's loop.</remarks>
internal sealed class BlockRecorder(BlockFetcher fetcher, ReceiptSources sources, ReceiptBacklog receipts, IngestPipeline pipeline, TimeProvider time)
{
    /// <summary>Limit that keeps a block record below the log's 1 MiB, in transactions and authorisations of about 100 B each.</summary>
    private const int MaxRecordItems = 9_000;

    /// <summary>Records a block.</summary>
    /// <exception cref="RpcTransportException">The node does not answer; nothing was recorded.</exception>
    public async Task RecordAsync(RpcClient client, SourceId source, VerifiedBlock block, CancellationToken cancellationToken)
    {
        var nonces = await fetcher.FetchNoncesAsync(client, block, cancellationToken).ConfigureAwait(false);
        var known = await sources.AskOnceAsync(source, block, cancellationToken).ConfigureAwait(false);
        foreach (var raw in block.UnknownBodies)
        {
            // An unknown type: recorded as undecodable, with its bytes.
            var body = IngestItem.FetchedBody(raw, Keccak256.Hash(raw.Span), source, ObservationClock.Now(time));
            await pipeline.PostAsync(body, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (hash, reason, detail) in block.Drops)
        {
            pipeline.RecordDrop(reason, "block transaction", source, hash, detail);
        }

        var observed = Observed(block, known, nonces);
        int items = nonces.Count + observed.Transactions.Sum(static tx => 1 + tx.Authorizations.Length);
        if (items > MaxRecordItems)
        {
            await PostAsync(
                new LogEvent.BlockIngestDropped(block.Hash, DropReason.Oversize, block.Number, $"The block has {items} transactions, authorisations and nonces."),
                source,
                cancellationToken).ConfigureAwait(false);
            return;
        }

        await PostAsync(observed, source, cancellationToken).ConfigureAwait(false);
        await receipts.RecordOrWantAsync(source, block, known, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The block as an event. Only a proof states an outcome there; a claim follows it as what it is.</summary>
    private static LogEvent.BlockObserved Observed(VerifiedBlock block, BlockReceipts? known, IReadOnlyList<AccountNonce> nonces)
    {
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
            Transactions = known is { IsVerified: true } ? [.. block.Transactions.Zip(known.Results, WithResult)] : block.Transactions,
            AuthorityNonces = nonces,
            Unverified = block.Unverified,
        };
    }

    private static BlockTx WithResult(BlockTx tx, TxResult result) => tx with { Outcome = result.Outcome, GasUsed = result.GasUsed };

    private async ValueTask PostAsync(LaneFact fact, SourceId source, CancellationToken cancellationToken) =>
        await pipeline.PostAsync(IngestItem.Ready(fact, source, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
}
