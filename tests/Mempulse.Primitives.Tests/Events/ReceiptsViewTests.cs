using CsCheck;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Receipts read in place say what the decoded event says, refuse what it refuses, and allocate nothing.</summary>
public sealed class ReceiptsViewTests
{
    /// <summary>An item of a later version: one field more, of a type that no reader knows.</summary>
    private const string LaterField = "8101a161";

    [Fact]
    public void A_record_read_in_place_says_what_the_event_says() => EventGen.Receipts.Sample(written =>
    {
        byte[] record = EncodedEvent.Record(written);

        var read = Copy(ReceiptsView.Read(new RecordView(EncodedEvent.Seq, record)));

        Assert.Equal(record, EncodedEvent.Record(read));
    });

    [Fact]
    public void A_log_has_the_index_of_its_transaction_and_its_own_in_the_block() => EventGen.Receipts.Sample(written =>
    {
        var expected = new List<(int Tx, int Log)>();
        int log = written.FirstLog;
        for (int i = 0; i < written.Receipts.Count; i++)
        {
            expected.AddRange(Enumerable.Range(log, written.Receipts[i].Logs.Count).Select(index => (written.First + i, index)));
            log += written.Receipts[i].Logs.Count + written.Receipts[i].OmittedLogs;
        }

        var found = new List<(int Tx, int Log)>();
        foreach (var receipt in ReceiptsView.Read(new RecordView(EncodedEvent.Seq, EncodedEvent.Record(written))))
        {
            foreach (var entry in receipt)
            {
                found.Add((receipt.Index, entry.Index));
            }
        }

        Assert.Equal(expected, found);
    });

    [Fact]
    public void Changed_bytes_are_refused_in_place_exactly_when_they_do_not_decode() =>
        Gen.Select(EventGen.Receipts, Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 3], Gen.Int[0, 3]).Sample(
            static (written, patches, cut) =>
            {
                byte[] record = EncodedEvent.Record(written)[..^cut];
                const int payload = 32 + Hash256.Size; // behind the header and the block
                foreach (var (offset, value) in patches)
                {
                    if (record.Length > payload)
                    {
                        record[payload + (offset % (record.Length - payload))] = value;
                    }
                }

                Assert.Equal(Refuses(() => LogEvent.Decode(new RecordView(EncodedEvent.Seq, record))), Refuses(() => Walk(new RecordView(EncodedEvent.Seq, record))));
            },
            iter: 20_000);

    [Fact]
    public void Fields_that_a_later_version_adds_to_receipts_and_logs_are_skipped()
    {
        string log = "95" + "c414" + new string('2', 40) + "91c420" + new string('3', 64) + "c40107" + "05" + LaterField;
        string receipt = "96" + "c420" + new string('1', 64) + "c3" + "09" + "92" + log + log + "02" + LaterField;
        byte[] payload = Convert.FromHexString("97" + "01" + "04" + "c3" + "92" + receipt + receipt + "02" + "1e" + LaterField);
        byte[] record = EncodedEvent.WithPayload(EncodedEvent.Record(new LogEvent.ReceiptsObserved(default, default, 0, false, [])), payload);

        var read = Copy(ReceiptsView.Read(new RecordView(EncodedEvent.Seq, record)));

        Assert.Equal((4, ReceiptsContinuation.Receipts, 30, 2), (read.First, read.Continuation, read.FirstLog, read.Receipts.Count));
        Assert.All(read.Receipts, static one =>
        {
            Assert.Equal((ExecutionOutcome.Succeeded, new Gas(9), 2, 2), (one.Outcome, one.GasUsed, one.OmittedLogs, one.Logs.Count));
            Assert.All(one.Logs, static entry => Assert.Equal((1, 7, 5), (entry.Topics.Count, entry.Data.Span[0], entry.OmittedBytes)));
        });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_topic_that_a_log_does_not_have_is_refused(int index)
    {
        var log = new TxLog(default, [Hash256.Zero, Hash256.Zero], default);
        byte[] record = EncodedEvent.Record(new LogEvent.ReceiptsObserved(default, default, 0, true, [new TxResult(default, default, default, [log], 0)]));

        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            foreach (var receipt in ReceiptsView.Read(new RecordView(EncodedEvent.Seq, record)))
            {
                foreach (var entry in receipt)
                {
                    entry.Topic(index);
                }
            }
        });
    }

    [Theory]
    [InlineData(ReceiptsContinuation.Unstated, 2, 2)]
    [InlineData(ReceiptsContinuation.Complete, 2, 2)]
    [InlineData(ReceiptsContinuation.Receipts, 2, 2)]
    [InlineData(ReceiptsContinuation.Logs, 2, 1)]
    [InlineData(ReceiptsContinuation.Logs, 0, 0)]
    public void A_receipt_ends_in_a_record_unless_its_logs_are_continued(ReceiptsContinuation continuation, int receipts, int ended)
    {
        var written = new LogEvent.ReceiptsObserved(default, default, 0, true, [.. Enumerable.Repeat(new TxResult(default, default, default, [], 0), receipts)]) { Continuation = continuation };

        Assert.Equal(ended, ReceiptsView.Read(new RecordView(EncodedEvent.Seq, EncodedEvent.Record(written))).EndedCount);
    }

    [Fact]
    public void Reading_every_log_allocates_nothing()
    {
        var transfer = new TxLog(default, [Hash256.Zero, Hash256.Zero, Hash256.Zero], new byte[32]);
        var receipts = Enumerable.Repeat(new TxResult(default, ExecutionOutcome.Succeeded, new Gas(50_000), [transfer, transfer, transfer], 0), 200);
        byte[] record = EncodedEvent.Record(new LogEvent.ReceiptsObserved(default, default, 0, true, [.. receipts]) { Continuation = ReceiptsContinuation.Complete });
        Walk(new RecordView(EncodedEvent.Seq, record));

        long before = GC.GetAllocatedBytesForCurrentThread();
        int bytes = Walk(new RecordView(EncodedEvent.Seq, record));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(600 * 32, bytes);
    }

    /// <summary>Reads everything in place; returns the number of bytes of data.</summary>
    private static int Walk(in RecordView record)
    {
        int bytes = 0;
        foreach (var receipt in ReceiptsView.Read(record))
        {
            foreach (var log in receipt)
            {
                bytes += log.Data.Length;
                for (int i = 0; i < log.TopicCount; i++)
                {
                    log.Topic(i);
                }
            }
        }

        return bytes;
    }

    private static LogEvent.ReceiptsObserved Copy(in ReceiptsView view)
    {
        var receipts = new List<TxResult>();
        foreach (var receipt in view)
        {
            var logs = new List<TxLog>();
            foreach (var log in receipt)
            {
                var topics = new List<Hash256>();
                for (int i = 0; i < log.TopicCount; i++)
                {
                    topics.Add(log.Topic(i));
                }

                logs.Add(new TxLog(log.Account, topics, log.Data.ToArray()) { OmittedBytes = log.OmittedBytes });
            }

            Assert.Equal(receipt.LogCount, logs.Count);
            receipts.Add(new TxResult(receipt.Tx, receipt.Outcome, receipt.GasUsed, logs, receipt.OmittedLogs));
        }

        Assert.Equal(view.Count, receipts.Count);
        return new LogEvent.ReceiptsObserved(view.Block, view.Number, view.First, view.IsVerified, receipts) { Continuation = view.Continuation, FirstLog = view.FirstLog };
    }

    private static bool Refuses(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (EventDecodeException)
        {
            return true;
        }
    }
}
