using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>What statistics and verification count in a log of known content.</summary>
public sealed class CountingTests
{
    private static readonly LaneId LaneA = new(1);
    private static readonly LaneId LaneB = new(2);

    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public void Statistics_are_those_of_the_records()
    {
        var log = SyncLog.Open(_disk);
        log.AppendGroup([At(LaneB, 1, 500, 900), At(LaneA, 1, 700)]);
        log.Close();
        log = SyncLog.Open(_disk);
        log.AppendGroup([Batches.Sized(LaneA, 2, 100, 300)]); // an unknown kind at time 0
        log.AppendGroup([At(LaneB, 3, 300)]);
        int seenBytes = Batches.Seen(LaneA, 1, 1).SizeBytes - RecordFraming.OverheadBytes;
        var thousandths = new Reported();

        var stats = LogStats.Collect(log.Reader, thousandths, null, CancellationToken.None);

        Assert.Equal((1ul, 6ul, 6L), (stats.Oldest.Value, stats.Watermark.Value, stats.Events));
        Assert.Equal((4 * (seenBytes + 8)) + 400, stats.RecordBytes);
        Assert.Equal((0L, 900L), (stats.FirstTimestamp.Value, stats.LastTimestamp.Value));
        Assert.Equal([new KindCount(LogEvent.TxSeen.KindNumber, 4, 4 * seenBytes), new KindCount((EventKind)ushort.MaxValue, 2, 400 - 16)], stats.ByKind);
        Assert.Equal(
            [new LaneCount(LaneA, 3, seenBytes + 400 - 16, new LaneSequence(GlobalSeq.None, 3)), new LaneCount(LaneB, 3, 3 * seenBytes, new LaneSequence(GlobalSeq.None, 3))],
            stats.ByLane);
        Assert.Equal([new Epoch(1), new Epoch(2)], stats.Epochs);
        Assert.Equal([500, 833, 1000], thousandths.Values);
    }

    [Fact]
    public void Statistics_of_an_empty_log_are_zero_and_a_scan_can_be_cancelled()
    {
        var log = SyncLog.Open(_disk);
        var empty = LogStats.Collect(log.Reader, null, null, CancellationToken.None);
        Assert.Equal((0L, 0L, 0L, 0L), (empty.Events, empty.RecordBytes, empty.FirstTimestamp.Value, empty.LastTimestamp.Value));

        log.AppendNext(1);
        Assert.ThrowsAny<OperationCanceledException>(() => LogStats.Collect(log.Reader, null, null, new CancellationToken(canceled: true)));
        log.Close();
        SyncLog.Open(_disk).AppendNext(1);
        Assert.ThrowsAny<OperationCanceledException>(() => LogVerifier.Verify(_disk, SyncLog.Directory, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Verification_counts_segments_frames_and_events_and_reports_its_progress()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.AppendNext(20);
        log.Close();
        log = SyncLog.Open(_disk);
        log.AppendNext(5);
        log.Close();
        var thousandths = new Reported();

        var report = LogVerifier.Verify(_disk, SyncLog.Directory, thousandths, CancellationToken.None);

        Assert.Equal((1ul, 35ul, 2, 3L, 35L, 0L), (report.Oldest.Value, report.Watermark.Value, report.Segments, report.Frames, report.Events, report.TornBytes));
        Assert.Equal([500, 1000], thousandths.Values);
        Assert.True(report.IsSound);
    }

    [Fact]
    public void Statistics_pass_over_damage_when_they_are_asked_to_and_count_the_rest()
    {
        var log = SyncLog.Open(_disk);
        for (int frame = 0; frame < 4; frame++)
        {
            log.AppendNext(10);
        }

        int frameBytes = SegmentLayout.FrameBytes(Batches.Seen(SyncLog.Lane, 1, 10).SizeBytes);
        string path = Path.Combine(SyncLog.Directory, new SegmentName(new GlobalSeq(1), new Epoch(1)).FileName);
        _disk.FlipBit(path, 4096 + frameBytes + 100, 1);
        var passed = new List<(ulong, ulong)>();

        var stats = LogStats.Collect(log.Reader, null, damage => passed.Add((damage.First.Value, damage.Last.Value)), CancellationToken.None);

        Assert.Equal(30, stats.Events);
        Assert.Equal([(11ul, 20ul)], passed);
        Assert.Throws<LogCorruptException>(() => LogStats.Collect(log.Reader, null, null, CancellationToken.None));
    }

    [Fact]
    public void A_directory_without_a_log_is_not_verified_and_the_one_below_it_that_has_one_is_named()
    {
        string parent = Directory.CreateTempSubdirectory("canon-").FullName;
        try
        {
            string place = Path.Combine(parent, "7");
            EventLog.Open(new EventLogOptions { Directory = place, Chain = new ChainId(7), SegmentSizeBytes = 64 << 10 }).Dispose();

            var missing = Assert.Throws<DirectoryNotFoundException>(() => LogVerifier.Verify(Files.PosixFileSystem.Instance, parent, null, CancellationToken.None));

            Assert.Contains($"Did you mean {place}?", missing.Message, StringComparison.Ordinal);
            Assert.Throws<DirectoryNotFoundException>(() => LogDirectory.OpenRead(parent));
            Assert.Throws<DirectoryNotFoundException>(() => LogDirectory.ChainOf(parent));
            Assert.Equal(new ChainId(7), LogDirectory.ChainOf(place));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    private static EventBatch At(LaneId lane, ulong firstLocal, params long[] times)
    {
        var batch = new EventBatch(lane);
        foreach (long time in times)
        {
            batch.AddSeen(Batches.TxHash(firstLocal), SightingVia.HashSubscription, RecordMeta.Fact(lane, firstLocal++, new UnixNanoseconds(time), default));
        }

        return batch;
    }

    private sealed class Reported : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
