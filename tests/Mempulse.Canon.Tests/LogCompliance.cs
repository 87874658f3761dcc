using Mempulse.Canon.Appending;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Tests;

/// <summary>What every implementation of the log must do; a subclass opens one.</summary>
public abstract class LogCompliance
{
    private static readonly LaneId Lane = LaneId.Of("test");

    protected static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appended_events_are_read_back_after_a_restart_over_many_segments()
    {
        using (var log = Open())
        {
            for (ulong batch = 0; batch < 50; batch++)
            {
                var result = await log.AppendAsync(Batches.Seen(Lane, 1 + (batch * 64), 64), Now);
                Assert.Equal(new AppendResult(new GlobalSeq(1 + (batch * 64)), new GlobalSeq(64 + (batch * 64)), 64, 0, new GlobalSeq(64 + (batch * 64))), result);
            }

            AssertHolds(log.Reader, 3200);
        }

        using var again = Open();
        Assert.Equal(new GlobalSeq(3200), again.Watermark);
        Assert.Equal(new LaneSequence(GlobalSeq.None, 3200), again.LastSequence(Lane));
        AssertHolds(again.Reader, 3200);
        AssertHolds(OpenRead(), 3200);
    }

    [Fact]
    public async Task A_repeated_batch_is_skipped_and_the_new_part_of_an_overlapping_one_is_appended()
    {
        using (var log = Open())
        {
            await log.AppendAsync(Batches.Seen(Lane, 1, 10), Now);
        }

        // After a restart, too: a caller that never received the outcome of an append sends it again to the next writer.
        using var again = Open();
        var repeated = await again.AppendAsync(Batches.Seen(Lane, 1, 10), Now);
        var overlapping = await again.AppendAsync(Batches.Seen(Lane, 6, 10), Now);

        Assert.Equal(new AppendResult(GlobalSeq.None, GlobalSeq.None, 0, 10, new GlobalSeq(10)), repeated);
        Assert.Equal(new AppendResult(new GlobalSeq(11), new GlobalSeq(15), 5, 5, new GlobalSeq(15)), overlapping);
        AssertHolds(again.Reader, 15);
    }

    [Fact]
    public async Task Derived_events_are_idempotent_by_cause_and_ordinal()
    {
        using var log = Open();
        await log.AppendAsync(Batches.Seen(Lane, 1, 3), Now);
        var derived = LaneId.Of("derived");
        var batch = new EventBatch(derived);
        batch.AddSeen(Batches.TxHash(1), SightingVia.Unknown, RecordMeta.Derived(derived, new GlobalSeq(1), 0, default));
        batch.AddSeen(Batches.TxHash(1), SightingVia.Unknown, RecordMeta.Derived(derived, new GlobalSeq(1), 1, default));

        var first = await log.AppendAsync(batch, Now);
        var second = await log.AppendAsync(batch, Now);

        Assert.Equal((2, 0), (first.Count, first.Duplicates));
        Assert.Equal((0, 2), (second.Count, second.Duplicates));
        Assert.Equal(new LaneSequence(new GlobalSeq(1), 1), log.LastSequence(derived));
    }

    [Fact]
    public async Task Find_returns_the_positions_of_a_key_in_sealed_and_active_segments_and_after_a_restart()
    {
        using (var log = Open())
        {
            await log.AppendAsync(Batches.Seen(Lane, 1, 700), Now);
            await log.AppendAsync(Batches.Seen(Lane, 701, 700), Now);
            await log.AppendAsync(Batches.Seen(LaneId.Of("other"), 7, 1), Now);
            AssertFinds(log.Reader);
        }

        using var again = Open();
        AssertFinds(again.Reader);
        AssertFinds(OpenRead());
    }

    [Fact]
    public async Task A_page_holds_whole_records_up_to_the_bound_and_at_least_one()
    {
        using var log = Open();
        await log.AppendAsync(Batches.Seen(Lane, 1, 100), Now);
        int oneRecord = Batches.Seen(Lane, 1, 1).SizeBytes;

        Assert.Equal(1, log.Reader.Read(new GlobalSeq(5), 1)!.Count);
        Assert.Equal(3, log.Reader.Read(new GlobalSeq(5), (oneRecord * 4) - 1)!.Count);
        Assert.Equal(new GlobalSeq(5), log.Reader.Read(new GlobalSeq(5), 1)!.First);
        Assert.Null(log.Reader.Read(new GlobalSeq(101), 1000));
    }

    [Fact]
    public async Task Many_producers_get_dense_positions_and_each_lane_keeps_its_order()
    {
        const int lanes = 4;
        const int batches = 50;
        using var log = Open();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async lane =>
        {
            for (ulong batch = 0; batch < batches; batch++)
            {
                await log.AppendAsync(Batches.Seen(LaneId.Of($"lane {lane}"), 1 + (batch * 3), 3), Now);
            }
        }));

        var positions = new Dictionary<LaneId, ulong>();
        ulong next = 1;
        using var scan = log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                Assert.Equal(next++, record.Seq.Value);
                Assert.Equal(positions.GetValueOrDefault(record.Lane) + 1, record.LocalSeq);
                positions[record.Lane] = record.LocalSeq;
            }
        }

        Assert.Equal((ulong)(lanes * batches * 3) + 1, next);
    }

    [Fact]
    public async Task A_withdrawn_batch_is_not_appended_and_a_closed_log_refuses_batches()
    {
        var log = Open();
        using var withdrawn = new CancellationTokenSource();
        await withdrawn.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.AppendAsync(Batches.Seen(Lane, 1, 1), withdrawn.Token));
        Assert.Equal(GlobalSeq.None, log.Watermark);

        log.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.AppendAsync(Batches.Seen(Lane, 1, 1), Now));
    }

    /// <summary>Opens this test's log for writing, with segments of 64 KiB.</summary>
    protected abstract IEventLog Open();

    /// <summary>Opens this test's log for reading only.</summary>
    protected abstract ILogReader OpenRead();

    private static void AssertFinds(ILogReader reader)
    {
        var key = EventKey.Tx(Batches.TxHash(7));
        Assert.Equal([new GlobalSeq(7), new GlobalSeq(1401)], reader.Find(key, GlobalSeq.None, 10));
        Assert.Equal([new GlobalSeq(1401)], reader.Find(key, new GlobalSeq(7), 10));
        Assert.Equal([new GlobalSeq(7)], reader.Find(key, GlobalSeq.None, 1));
        Assert.Empty(reader.Find(EventKey.Tx(Batches.TxHash(9999)), GlobalSeq.None, 10));
        Assert.Empty(reader.Find(EventKey.Block(Batches.TxHash(7)), GlobalSeq.None, 10));
    }

    private static void AssertHolds(ILogReader reader, ulong count)
    {
        Assert.Equal(new GlobalSeq(count), reader.Watermark);
        ModelLog.AssertHolds(reader, new GlobalSeq(count));
        using var scan = reader.Scan(new GlobalSeq(count / 2));
        ulong scanned = 0;
        while (scan.MoveNext())
        {
            scanned += (ulong)scan.Current!.Count;
        }

        Assert.Equal(count - (count / 2) + 1, scanned);
    }
}
