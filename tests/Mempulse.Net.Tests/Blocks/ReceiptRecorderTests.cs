using System.Diagnostics.Metrics;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Receipts are recorded in order, and every log is counted by what became of it.</summary>
public sealed class ReceiptRecorderTests
{
    private const string Lane = "counted logs";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BlockLogs.All, "kept 4, cut 1")]
    [InlineData(BlockLogs.None, "left_out 5")]
    public async Task Each_log_is_counted_once_as_kept_cut_or_left_out(BlockLogs logs, string expected)
    {
        var counts = new SortedDictionary<string, long>(Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a)));
        using var listener = Listen(counts);
        var sink = new RecordingSink();
        await using var pipeline = new IngestPipeline(
            new LaneMeter(UnhostedMeters.Shared, new ChainId(1), Lane), new IngestPipelineOptions(), new DecodedBodies(16), sink, FixedRecovery.NewDecoder, TimeProvider.System);
        await pipeline.StartAsync(Cancelled);
        var (block, _) = PeerBlocks.All[1];
        var small = new TxLog(default, [default], new byte[32]);
        var large = small with { Data = new byte[600_000] };
        var receipts = new BlockReceipts([Result(small, small), Result(), Result(small, large, small)], IsVerified: true);

        await new ReceiptRecorder(logs, pipeline, TimeProvider.System).RecordAsync(SourceId.Of("a"), block, receipts, Cancelled);
        await pipeline.CompleteAsync(Cancelled);

        Assert.Equal(expected, string.Join(", ", counts.OrderByDescending(static count => count.Value).Select(static count => $"{count.Key} {count.Value}")));
        var parts = sink.Events().OfType<LogEvent.ReceiptsObserved>().ToList();
        Assert.All(parts, part => Assert.Equal((block.Hash, block.Number, true), (part.Block, part.Number, part.IsVerified)));
        Assert.Equal(logs == BlockLogs.All ? [0, 2, 2, 2] : [0], parts.Select(static part => part.First));
        Assert.Equal(ReceiptsContinuation.Complete, parts[^1].Continuation);
    }

    private static TxResult Result(params TxLog[] logs) => new(default, ExecutionOutcome.Succeeded, default, logs, 0);

    private static MeterListener Listen(SortedDictionary<string, long> counts)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "mempulse_ingest_block_logs")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value?.ToString() ?? string.Empty);
            if (labels["lane"] == Lane)
            {
                counts[labels["outcome"]] = counts.GetValueOrDefault(labels["outcome"]) + count;
            }
        });
        listener.Start();
        return listener;
    }
}
