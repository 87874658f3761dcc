using Mempulse.Canon.Appending;
using Mempulse.Canon.Recovery;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>What the writer does when the device fails, is full, or is slow.</summary>
public sealed class DeviceFailureTests
{
    [Fact]
    public void A_failed_sync_is_final_and_the_next_writer_does_not_build_on_unsynced_bytes()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var disk = new SimulatedFileSystem(seed);
            var log = SyncLog.Open(disk);
            var acknowledged = log.AppendNext(20).Last;
            disk.Faults = call => call.Kind == DiskCallKind.Sync ? DiskFault.Error : DiskFault.None;
            Assert.Throws<SyncFailedException>(() => log.AppendNext(20));
            disk.Faults = _ => DiskFault.None;

            // The process restarts on the same machine and sees a valid frame that no sync will ever bring to the device.
            disk.RestartProcess();
            var again = SyncLog.Open(disk, acknowledged);
            acknowledged = again.AppendNext(5).Last;
            disk.LosePower();

            ModelLog.AssertHolds(SyncLog.Open(disk, acknowledged).Reader, acknowledged);
        }
    }

    [Fact]
    public void Nothing_is_visible_acknowledged_or_published_before_the_sync()
    {
        var disk = new SimulatedFileSystem(1);
        var observer = new Recorder();
        var log = SyncLog.Open(disk, observer: observer);
        disk.Faults = call =>
        {
            if (call.Kind is DiskCallKind.Write or DiskCallKind.Sync)
            {
                Assert.Equal(GlobalSeq.None, log.Watermark);
                Assert.Null(log.Reader.Read(new GlobalSeq(1), 1000));
                Assert.Empty(observer.Batches);
            }

            return DiskFault.None;
        };

        log.AppendNext(3);

        Assert.Equal([(new GlobalSeq(1), 3)], observer.Batches);
    }

    [Fact]
    public void A_full_disk_refuses_batches_keeps_acknowledged_ones_and_resumes_when_there_is_room()
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        disk.CapacityBytes = disk.UsedBytes + 1000;
        var acknowledged = GlobalSeq.None;
        int refused = 0;
        for (int batch = 0; batch < 10; batch++)
        {
            try
            {
                acknowledged = log.AppendNext(300).Last;
            }
            catch (LogFullException)
            {
                refused++;
                Assert.Equal(acknowledged, log.Watermark);
            }
        }

        Assert.InRange(refused, 5, 8);
        disk.CapacityBytes = long.MaxValue;
        acknowledged = log.AppendNext(300).Last;
        ModelLog.AssertHolds(log.Reader, acknowledged);
        disk.LosePower();
        ModelLog.AssertHolds(SyncLog.Open(disk, acknowledged).Reader, acknowledged);
    }

    [Fact]
    public void A_disk_that_fills_up_within_a_frame_leaves_no_ghost_behind_a_shorter_frame()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var disk = new SimulatedFileSystem(seed);
            var log = SyncLog.Open(disk);
            var acknowledged = log.AppendNext(10).Last;
            disk.Faults = call => call.Kind == DiskCallKind.Write ? DiskFault.NoSpace : DiskFault.None;
            Assert.Throws<LogFullException>(() => log.AppendNext(200));
            disk.Faults = _ => DiskFault.None;

            acknowledged = log.AppendNext(1).Last;
            disk.LosePower();

            var again = SyncLog.Open(disk, acknowledged);
            Assert.Equal(acknowledged, again.Watermark);
            Assert.Null(again.Report.TornTail);
        }
    }

    [Fact]
    public void Several_batches_of_several_lanes_become_one_frame_with_one_sync()
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        int syncs = 0;
        disk.Faults = call =>
        {
            syncs += call.Kind == DiskCallKind.Sync ? 1 : 0;
            return DiskFault.None;
        };
        var other = LaneId.Of("other");

        var results = log.AppendGroup([Batches.Seen(SyncLog.Lane, 1, 2), Batches.Seen(other, 1, 3), Batches.Seen(SyncLog.Lane, 1, 4)]);

        Assert.Equal(1, syncs);
        Assert.Equal(new AppendResult(new GlobalSeq(1), new GlobalSeq(2), 2, 0, new GlobalSeq(7)), results[0]);
        Assert.Equal(new AppendResult(new GlobalSeq(3), new GlobalSeq(5), 3, 0, new GlobalSeq(7)), results[1]);
        Assert.Equal(new AppendResult(new GlobalSeq(6), new GlobalSeq(7), 2, 2, new GlobalSeq(7)), results[2]);
        Assert.Equal(new LaneSequence(GlobalSeq.None, 3), log.Session.Lanes.LastDurable(other));
    }

    [Fact]
    public void A_torn_tail_is_copied_aside_and_reported()
    {
        TornTail? torn = null;
        for (ulong seed = 1; torn is null; seed++)
        {
            Assert.InRange(seed, 0ul, 100ul);
            var disk = new SimulatedFileSystem(seed);
            var log = SyncLog.Open(disk);
            log.AppendNext(10);
            disk.Faults = call => call.Kind == DiskCallKind.Sync ? DiskFault.CrashDuring : DiskFault.None;
            Assert.Throws<SimulatedCrashException>(() => log.AppendNext(300));
            disk.Faults = _ => DiskFault.None;
            disk.LosePower();

            torn = SyncLog.Open(disk).Report.TornTail;
            Assert.True(torn is null || disk.ReadAllBytes(torn.CopiedTo).AsSpan().SequenceEqual(disk.ReadAllBytes(torn.File).AsSpan((int)torn.Offset, (int)torn.SizeBytes)));
        }
    }

    private sealed class Recorder : ICommitObserver
    {
        public List<(GlobalSeq First, int Count)> Batches { get; } = [];

        public void Committed(SequencedBatch batch) => Batches.Add((batch.First, batch.Count));
    }
}
