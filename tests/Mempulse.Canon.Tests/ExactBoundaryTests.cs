using Mempulse.Canon.Appending;
using Mempulse.Canon.Format;
using Mempulse.Canon.Snapshots;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Every limit of the log at its exact value and one past it.</summary>
public sealed class ExactBoundaryTests
{
    private const int SegmentBytes = 64 << 10;
    private const int HeaderBytes = 4096;
    private const int FooterBytes = 64;
    private const int FrameOverheadBytes = 48 + 4;

    private readonly SimulatedFileSystem _disk = new(1);

    private string[] Segments =>
        [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];

    /// <summary>The lane has the numbers 1 to 10; each case is the first and last number of a batch, and how many of it are new.</summary>
    [Theory]
    [InlineData(1, 9, 0)]
    [InlineData(1, 10, 0)]
    [InlineData(1, 11, 1)]
    [InlineData(9, 11, 1)]
    [InlineData(10, 10, 0)]
    [InlineData(10, 11, 1)]
    [InlineData(10, 14, 4)]
    [InlineData(11, 11, 1)]
    [InlineData(11, 14, 4)]
    [InlineData(12, 14, 3)]
    public void A_batch_that_overlaps_its_lane_adds_exactly_its_new_part(int first, int last, int isNew)
    {
        int count = last - first + 1;
        var expected = isNew == 0
            ? new AppendResult(GlobalSeq.None, GlobalSeq.None, 0, count, new GlobalSeq(10))
            : new AppendResult(new GlobalSeq(11), new GlobalSeq(10 + (ulong)isNew), isNew, count - isNew, new GlobalSeq(10 + (ulong)isNew));

        // In the next frame, in the same frame, after a clean restart, and after the last frame was carried into a new segment.
        foreach (var (name, append) in Overlaps())
        {
            var disk = new SimulatedFileSystem(1);
            var (result, reader) = append(disk, Batches.Seen(SyncLog.Lane, (ulong)first, count));

            Assert.Equal((name, expected), (name, result));
            Assert.Equal((name, string.Join(' ', Enumerable.Range(1, 10).Concat(Enumerable.Range(last - isNew + 1, isNew)))), (name, Locals(reader)));
        }
    }

    [Theory]
    [InlineData(4, 2, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(5, 1, 0)]
    [InlineData(5, 2, 1)]
    [InlineData(6, 0, 1)]
    public void A_derived_event_is_new_from_the_next_ordinal_or_the_next_cause_on(ulong cause, uint ordinal, int isNew)
    {
        var log = SyncLog.Open(_disk);
        log.Append(Derived((5, 0), (5, 1)));

        var result = log.Append(Derived((cause, ordinal)));

        Assert.Equal((isNew, 1 - isNew), (result.Count, result.Duplicates));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 2)]
    public void A_frame_that_fills_a_segment_to_its_last_byte_stays_in_it_and_one_of_eight_bytes_more_begins_the_next(int more, int segments)
    {
        const int firstPayload = 1000 - FrameOverheadBytes;
        const int room = SegmentBytes - HeaderBytes - FooterBytes - 1000;
        var log = SyncLog.Open(_disk);
        log.Append(Batches.Sized(SyncLog.Lane, 1, firstPayload));

        log.Append(Batches.Sized(SyncLog.Lane, 2, room - FrameOverheadBytes + more));

        Assert.Equal(segments, Segments.Length);
        log.Close();
        Assert.Equal(SegmentBytes, _disk.ReadAllBytes(Segments[0]).Length); // neither grew
        Assert.True(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
        Assert.Equal("1 2", Locals(SyncLog.Open(_disk).Reader));
    }

    [Fact]
    public void A_batch_of_nothing_is_acknowledged_and_what_is_published_names_the_ends_of_its_frame()
    {
        var published = new Published();
        var log = SyncLog.Open(_disk, observer: published);
        log.AppendNext(5);

        var results = log.AppendGroup([Batches.Seen(SyncLog.Lane, 6, 4), new EventBatch(LaneId.Of("idle")), Batches.Seen(LaneId.Of("other"), 1, 3)]);
        var alone = log.Append(new EventBatch(LaneId.Of("idle")));

        Assert.Equal([(4, 0), (0, 0), (3, 0), (0, 0)], results.Append(alone).Select(static result => (result.Count, result.Duplicates)));
        Assert.Equal([(1UL, 5UL, 5UL), (6UL, 12UL, 12UL)], published.Frames);
        Assert.Equal(new GlobalSeq(12), log.Watermark);
    }

    [Fact]
    public void A_frame_larger_than_a_segment_gets_one_that_is_exactly_large_enough()
    {
        const int payload = 3 * SegmentBytes;
        var log = SyncLog.Open(_disk);
        log.AppendNext(1);

        log.Append(Batches.Sized(SyncLog.Lane, 2, payload));

        Assert.Equal(HeaderBytes + SegmentLayout.FrameBytes(payload) + FooterBytes, _disk.ReadAllBytes(Segments[^1]).Length);
        log.AppendNext(1);
        Assert.Equal(3, Segments.Length);
    }

    [Fact]
    public async Task A_batch_of_exactly_the_largest_payload_is_appended_and_read_and_one_byte_more_is_refused()
    {
        using var log = EventLog.Open(SyncLog.Options(_disk));
        int quarter = SegmentLayout.MaxPayloadBytes / 4;
        var largest = Batches.Sized(SyncLog.Lane, 1, quarter, quarter, quarter, quarter);
        var tooLarge = Batches.Sized(SyncLog.Lane, 5, quarter, quarter, quarter, quarter - 40, 41);

        Assert.Equal(4, (await log.AppendAsync(largest, CancellationToken.None)).Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.AppendAsync(tooLarge, CancellationToken.None));

        Assert.Equal("1 2 3 4", Locals(log.Reader));
        log.Dispose();
        Assert.Equal("1 2 3 4", Locals(LogDirectory.OpenRead(SyncLog.Directory, _disk)));
    }

    [Fact]
    public void The_first_and_the_last_position_of_each_segment_are_read_found_and_scanned()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 6; batch++)
        {
            log.AppendNext(300);
        }

        ulong[] firsts = [.. log.Session.State.Segments.Select(segment => segment.First.Value)];
        Assert.InRange(firsts.Length, 3, 6);
        foreach (ulong seq in firsts.Concat(firsts.Skip(1).Select(first => first - 1)).Append(1800ul))
        {
            var at = new GlobalSeq(seq);
            var page = log.Reader.Read(at, 1)!;
            Assert.Equal((at, 1), (page.First, page.Count));
            Assert.Equal([at], log.Reader.Find(EventKey.Tx(Batches.TxHash(seq)), GlobalSeq.None, 10));
            Assert.Equal([at], log.Reader.Find(EventKey.Tx(Batches.TxHash(seq)), new GlobalSeq(seq - 1), 10));
            Assert.Empty(log.Reader.Find(EventKey.Tx(Batches.TxHash(seq)), at, 10));
            using var scan = log.Reader.Scan(at);
            Assert.True(scan.MoveNext());
            Assert.Equal(at, scan.Current!.First);
        }

        Assert.Null(log.Reader.Read(new GlobalSeq(1801), 1));
        using var past = log.Reader.Scan(new GlobalSeq(1801));
        Assert.False(past.MoveNext());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(25)]
    [InlineData(60)]
    public void A_page_of_exactly_so_many_records_holds_them_and_one_byte_less_holds_one_less(int records)
    {
        var log = SyncLog.Open(_disk);
        for (int frame = 0; frame < 10; frame++)
        {
            log.AppendNext(10);
        }

        int size = Batches.Seen(SyncLog.Lane, 1, 1).SizeBytes;
        foreach (ulong from in (ulong[])[1, 5, 10, 11])
        {
            Assert.Equal(records, log.Reader.Read(new GlobalSeq(from), records * size)!.Count);
            Assert.Equal(records, log.Reader.Read(new GlobalSeq(from), (records * size) + size - 1)!.Count);
            Assert.Equal(Math.Max(1, records - 1), log.Reader.Read(new GlobalSeq(from), (records * size) - 1)!.Count);
        }

        Assert.Equal(100, log.Reader.Read(new GlobalSeq(1), int.MaxValue)!.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(200, 1)]
    [InlineData(201, 1)]
    [InlineData(202, 2)]
    [InlineData(406, 3)]
    public void A_segment_header_takes_one_more_block_from_the_lane_on_that_does_not_fit(int lanes, int blocks)
    {
        var log = SyncLog.Open(_disk);
        if (lanes > 0)
        {
            log.AppendGroup([.. Enumerable.Range(1, lanes).Select(lane => Batches.Seen(new LaneId((uint)lane), 1, 1))]);
        }

        log.Close();
        log = SyncLog.Open(_disk);
        log.Append(Batches.Seen(new LaneId(1), 2, 1));
        log.Close();

        var last = _disk.ReadAllBytes(Segments[^1]);
        Assert.Equal(blocks * HeaderBytes, BitConverter.ToInt32(last, 12));
        Assert.Equal(0x4d52_464du, BitConverter.ToUInt32(last, blocks * HeaderBytes));
        Assert.True(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
        Assert.Equal((ulong)lanes + 1, SyncLog.Open(_disk).Watermark.Value);
    }

    [Fact]
    public void A_log_that_ends_exactly_at_its_floor_opens_and_one_position_below_it_does_not()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.Close();
        Snapshotting.Write(new SnapshotStore(_disk, Path.Combine(SyncLog.Directory, LogDirectory.CheckpointsName)), 10, new byte[10]);

        SyncLog.Open(_disk, floor: new GlobalSeq(10)).Close();

        var lost = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk, floor: new GlobalSeq(11))).Damage!;
        Assert.Equal((new GlobalSeq(11), new GlobalSeq(11), true), (lost.First, lost.Last, lost.IsLostEnd));
    }

    [Fact]
    public void Retention_keeps_the_segment_that_holds_the_first_kept_position_and_deletes_the_one_that_ends_before_it()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 8; batch++)
        {
            log.AppendNext(300);
        }

        ulong[] firsts = [.. log.Session.State.Segments.Select(segment => segment.First.Value)];
        var snapshots = new SnapshotStore(_disk, "/snapshots");
        Snapshotting.Write(snapshots, 2300, new byte[10]);
        Snapshotting.Write(snapshots, 2400, new byte[10]);

        Assert.Equal(firsts[0], log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(firsts[1] - 1)).Value);
        Assert.Equal(firsts[1], log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(firsts[1])).Value);
        Assert.Equal(firsts[2], log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(firsts[2])).Value);

        // Never past the older of the two snapshots: the state at its position must be able to go on.
        Assert.InRange(log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(ulong.MaxValue)).Value, firsts[^2], 2301ul);
        ModelLog.AssertHolds(log.Reader, new GlobalSeq(2400));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public void A_segment_is_deleted_once_the_older_snapshot_holds_its_last_position(int difference, int deleted)
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 4; batch++)
        {
            log.AppendNext(300);
        }

        ulong[] firsts = [.. log.Session.State.Segments.Select(segment => segment.First.Value)];
        var snapshots = new SnapshotStore(_disk, "/snapshots");
        Snapshotting.Write(snapshots, firsts[1] - 1 - (ulong)-difference, new byte[10]);
        Snapshotting.Write(snapshots, 1200, new byte[10]);

        Assert.Equal(firsts[deleted], log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(1200)).Value);
    }

    private static (string Name, Func<SimulatedFileSystem, EventBatch, (AppendResult Result, Reading.ILogReader Reader)> Append)[] Overlaps() =>
    [
        ("the next frame", static (disk, batch) =>
        {
            var log = SyncLog.Open(disk);
            log.AppendNext(10);
            return (log.Append(batch), log.Reader);
        }),
        ("the same frame", static (disk, batch) =>
        {
            var log = SyncLog.Open(disk);
            var result = log.AppendGroup([Batches.Seen(SyncLog.Lane, 1, 10), batch])[1];
            return (result, log.Reader);
        }),
        ("a restart", static (disk, batch) =>
        {
            var log = SyncLog.Open(disk);
            log.AppendNext(10);
            log.Close();
            log = SyncLog.Open(disk);
            return (log.Append(batch), log.Reader);
        }),
        ("a carried frame", static (disk, batch) =>
        {
            var log = SyncLog.Open(disk);
            log.AppendNext(4);
            log.AppendNext(6);
            disk.LosePower();
            log = SyncLog.Open(disk);
            Assert.Equal(6, log.Report.CarriedEvents);
            return (log.Append(batch), log.Reader);
        }),
    ];

    private static EventBatch Derived(params (ulong Cause, uint Ordinal)[] events)
    {
        var lane = LaneId.Of("derived");
        var batch = new EventBatch(lane);
        foreach (var (cause, ordinal) in events)
        {
            batch.AddSeen(Batches.TxHash(cause), SightingVia.Unknown, RecordMeta.Derived(lane, new GlobalSeq(cause), ordinal, default));
        }

        return batch;
    }

    private static string Locals(Reading.ILogReader reader)
    {
        var locals = new List<ulong>();
        using var scan = reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                locals.Add(record.LocalSeq);
            }
        }

        return string.Join(' ', locals);
    }

    private sealed class Published : ICommitObserver
    {
        public List<(ulong First, ulong Last, ulong Watermark)> Frames { get; } = [];

        public void Committed(SequencedBatch batch) => Frames.Add((batch.First.Value, batch.Last.Value, batch.Watermark.Value));
    }
}
