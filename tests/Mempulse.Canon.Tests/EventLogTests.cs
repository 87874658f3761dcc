using Mempulse.Canon.Appending;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Tests;

public sealed class EventLogTests : IDisposable
{
    private static readonly LaneId Lane = LaneId.Of("test");
    private readonly string _directory = Directory.CreateTempSubdirectory("canon-").FullName;

    private EventLogOptions Options => new() { Directory = _directory, Chain = new ChainId(1), SegmentSizeBytes = 64 << 10 };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Appended_events_are_read_back_after_a_restart_over_many_segments()
    {
        using (var log = EventLog.Open(Options))
        {
            for (ulong batch = 0; batch < 50; batch++)
            {
                var result = await log.AppendAsync(Batches.Seen(Lane, 1 + (batch * 64), 64), Now);
                Assert.Equal(new AppendResult(new GlobalSeq(1 + (batch * 64)), new GlobalSeq(64 + (batch * 64)), 64, 0, new GlobalSeq(64 + (batch * 64))), result);
            }

            AssertHolds(log.Reader, 3200);
        }

        using var again = EventLog.Open(Options);
        Assert.Equal(new GlobalSeq(3200), again.Watermark);
        Assert.Equal(new LanePosition(GlobalSeq.None, 3200), again.LastPosition(Lane));
        AssertHolds(again.Reader, 3200);
        AssertHolds(LogDirectory.OpenRead(_directory), 3200);
    }

    [Fact]
    public async Task A_repeated_batch_is_found_and_the_new_part_of_an_overlapping_one_is_appended()
    {
        using var log = EventLog.Open(Options);
        await log.AppendAsync(Batches.Seen(Lane, 1, 10), Now);

        var repeated = await log.AppendAsync(Batches.Seen(Lane, 1, 10), Now);
        var overlapping = await log.AppendAsync(Batches.Seen(Lane, 6, 10), Now);

        Assert.Equal(new AppendResult(GlobalSeq.None, GlobalSeq.None, 0, 10, new GlobalSeq(10)), repeated);
        Assert.Equal(new AppendResult(new GlobalSeq(11), new GlobalSeq(15), 5, 5, new GlobalSeq(15)), overlapping);
        AssertHolds(log.Reader, 15);
    }

    [Fact]
    public async Task Find_answers_the_positions_of_a_key_in_sealed_and_active_segments()
    {
        using var log = EventLog.Open(Options);
        await log.AppendAsync(Batches.Seen(Lane, 1, 2000), Now);
        await log.AppendAsync(Batches.Seen(LaneId.Of("other"), 7, 1), Now);

        Assert.Equal([new GlobalSeq(7), new GlobalSeq(2001)], log.Reader.Find(EventKey.Tx(Batches.TxHash(7)), GlobalSeq.None, 10));
        Assert.Equal([new GlobalSeq(2001)], log.Reader.Find(EventKey.Tx(Batches.TxHash(7)), new GlobalSeq(7), 10));
        Assert.Empty(log.Reader.Find(EventKey.Tx(Batches.TxHash(9999)), GlobalSeq.None, 10));
    }

    [Fact]
    public async Task A_waiting_reader_wakes_when_the_watermark_moves()
    {
        using var log = EventLog.Open(Options);
        var waiting = log.Reader.WaitPastAsync(GlobalSeq.None, Now).AsTask();
        Assert.False(waiting.IsCompleted);

        await log.AppendAsync(Batches.Seen(Lane, 1, 1), Now);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), Now);
    }

    private static void AssertHolds(Reading.ILogReader reader, ulong count)
    {
        Assert.Equal(new GlobalSeq(count), reader.Watermark);
        ulong next = 1;
        while (reader.Read(new GlobalSeq(next), 10_000) is { } page)
        {
            foreach (var record in page)
            {
                Assert.Equal(next, record.Seq.Value);
                Assert.Equal(Batches.TxHash(next), record.TxKey);
                next++;
            }
        }

        Assert.Equal(count + 1, next);
        using var scan = reader.Scan(new GlobalSeq(count / 2));
        ulong scanned = 0;
        while (scan.MoveNext())
        {
            scanned += (ulong)scan.Current!.Count;
        }

        Assert.Equal(count - (count / 2) + 1, scanned);
    }
}
