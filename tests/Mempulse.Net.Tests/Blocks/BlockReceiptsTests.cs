using CsCheck;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Receipts become records: in order, each within its size, and together with every log of the block.</summary>
public sealed class BlockReceiptsTests
{
    private const int Kilo = 1_000;

    private static readonly TxLog s_small = Log(100 * Kilo);

    [Fact]
    public void Receipts_are_split_between_receipts_where_that_suffices()
    {
        var small = Result(s_small);

        var parts = Parts(small, small, small, small, small, small, Result(), small);

        Assert.Equal([(0, 0, 5, ReceiptsContinuation.Receipts), (5, 5, 3, ReceiptsContinuation.Complete)], parts.Select(Shape));
    }

    [Fact]
    public void A_receipt_larger_than_a_record_is_continued_and_no_log_is_lost()
    {
        var parts = Parts(Result(s_small), Result([.. Enumerable.Repeat(Log(200 * Kilo), 7)]), Result(s_small), Result());

        Assert.Equal(
            [
                (0, 0, 1, ReceiptsContinuation.Receipts),
                (1, 1, 1, ReceiptsContinuation.Logs),
                (1, 3, 1, ReceiptsContinuation.Logs),
                (1, 5, 1, ReceiptsContinuation.Logs),
                (1, 7, 3, ReceiptsContinuation.Complete),
            ],
            parts.Select(Shape));
        Assert.Equal([2, 2, 2, 1], parts.Skip(1).Select(static part => part.Receipts[0].Logs.Count));
        Assert.All(parts.SelectMany(static part => part.Receipts), static receipt => Assert.Equal(0, receipt.OmittedLogs));
    }

    [Fact]
    public void Of_a_log_larger_than_a_record_the_end_of_its_data_is_left_out_and_counted()
    {
        var before = Log(10, topics: 4);
        var large = Log(2_000 * Kilo, topics: 4);

        var parts = Parts(Result(before, large, before));

        Assert.Equal([(0, 0, 1, ReceiptsContinuation.Logs), (0, 1, 1, ReceiptsContinuation.Logs), (0, 2, 1, ReceiptsContinuation.Complete)], parts.Select(Shape));
        var cut = Assert.Single(parts[1].Receipts[0].Logs);
        Assert.InRange(cut.Data.Length, 500 * Kilo, BlockReceipts.MaxRecordBytes);
        Assert.Equal(2_000 * Kilo, cut.Data.Length + cut.OmittedBytes);
        Assert.Equal(4, cut.Topics.Count);
        Assert.All([parts[0], parts[2]], part => Assert.Equal(before, Assert.Single(part.Receipts[0].Logs)));
    }

    /// <summary>Sizes around the limit of a record, so that each of a receipt's logs may be the one that does not fit.</summary>
    [Fact]
    public void The_parts_hold_the_block_in_order_each_within_a_record() =>
        Gen.OneOf(Gen.Int[0, 300], Gen.Int[100 * Kilo, 600 * Kilo]).Array[0, 5].Array[0, 5].Sample(
            static sizes =>
            {
                var results = sizes.Select(static (logs, i) => Result([.. logs.Select(static size => Log(size, size % 5))]) with { GasUsed = new Gas((ulong)i) }).ToArray();

                var parts = Parts(results);

                Assert.Equal(results.Length == 0 ? [] : Enumerable.Repeat(false, parts.Count - 1).Append(true), parts.Select(static part => part.Continuation == ReceiptsContinuation.Complete));
                int nextLog = 0;
                var put = new List<TxResult>();
                foreach (var part in parts)
                {
                    bool isContinued = part.First < put.Count;
                    Assert.Equal((isContinued ? put.Count - 1 : put.Count, nextLog), (part.First, part.FirstLog));
                    Assert.InRange(SizeOf(part), 0, Math.Min(EventBatch.MaxRecordBytes, BlockReceipts.SizeOf(part) + 200));
                    put.AddRange(part.Receipts.Skip(isContinued ? 1 : 0));
                    if (isContinued)
                    {
                        put[part.First] = put[part.First] with { Logs = [.. put[part.First].Logs, .. part.Receipts[0].Logs] };
                    }

                    nextLog += part.Receipts.Sum(static receipt => receipt.Logs.Count);
                }

                Assert.Equal(results.Select(static result => result.GasUsed), put.Select(static result => result.GasUsed));
                Assert.Equal(results.SelectMany(static result => result.Logs).Select(Whole), put.SelectMany(static result => result.Logs).Select(Whole));
            },
            iter: 300);

    [Fact]
    public void Receipts_without_logs_count_what_is_left_out_also_for_the_index_of_the_next()
    {
        var receipts = new BlockReceipts([.. Enumerable.Repeat(Result(s_small, s_small), 9_000)], IsVerified: true).WithoutLogs();

        var parts = receipts.ToFacts(default, default).ToList();

        Assert.Equal(2, parts.Count);
        Assert.All(parts.SelectMany(static part => part.Receipts), static receipt => Assert.Equal((0, 2), (receipt.Logs.Count, receipt.OmittedLogs)));
        Assert.Equal(2 * parts[1].First, parts[1].FirstLog);
    }

    private static List<LogEvent.ReceiptsObserved> Parts(params TxResult[] results) => [.. new BlockReceipts(results, IsVerified: true).ToFacts(default, default)];

    private static (int First, int FirstLog, int Receipts, ReceiptsContinuation Continuation) Shape(LogEvent.ReceiptsObserved part) =>
        (part.First, part.FirstLog, part.Receipts.Count, part.Continuation);

    private static (int Topics, int Bytes) Whole(TxLog log) => (log.Topics.Count, log.Data.Length + log.OmittedBytes);

    private static TxResult Result(params TxLog[] logs) => new(default, ExecutionOutcome.Succeeded, default, logs, 0);

    private static TxLog Log(int bytes, int topics = 1) => new(default, new Hash256[topics], new byte[bytes]);

    private static int SizeOf(LogEvent.ReceiptsObserved part)
    {
        var batch = new EventBatch(LaneId.Of("lane"));
        batch.Add(part, RecordMeta.Fact(LaneId.Of("lane"), 1, default, default));
        return batch.SizeBytes;
    }
}
