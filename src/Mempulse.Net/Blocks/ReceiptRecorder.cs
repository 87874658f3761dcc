using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Records the receipts of a block with the logs that are to be kept, and counts all of them.</summary>
internal sealed class ReceiptRecorder(BlockLogs logs, IngestPipeline pipeline, TimeProvider time)
{
    /// <summary>Records receipts; waits while those before them fill the queue.</summary>
    public async Task RecordAsync(SourceId source, VerifiedBlock block, BlockReceipts receipts, CancellationToken cancellationToken)
    {
        var kept = logs == BlockLogs.All ? receipts : receipts.WithoutLogs();
        foreach (var part in kept.ToFacts(block.Hash, block.Number))
        {
            Count(part);
            var item = IngestItem.LargeFact(part, BlockReceipts.SizeOf(part), source, ObservationClock.Now(time));
            await pipeline.PostAsync(item, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Count(LogEvent.ReceiptsObserved part)
    {
        int all = part.Receipts.Sum(static receipt => receipt.Logs.Count);
        int cut = part.Receipts.Sum(static receipt => receipt.Logs.Count(static log => log.OmittedBytes > 0));
        pipeline.Metrics.LogsRecorded("kept", all - cut);
        pipeline.Metrics.LogsRecorded("cut", cut);
        pipeline.Metrics.LogsRecorded("left_out", part.Receipts.Sum(static receipt => receipt.OmittedLogs));
    }
}
