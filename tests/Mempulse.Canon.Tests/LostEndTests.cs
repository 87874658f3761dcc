using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Snapshots;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>A log whose acknowledged end is gone is never called sound and never continued.</summary>
public sealed class LostEndTests
{
    private const ulong Acknowledged = 30;

    private readonly SimulatedFileSystem _disk = new(1);

    public enum Loss
    {
        LastByteOfTheLastFrame,
        EndOfTheLastFrame,
        LastFrame,
        LastThreeFrames,
        BitOfTheLastFrame,
        FileCutShort,
        LastSegment,
        AllSegments,
    }

    public static TheoryData<Loss, bool> Losses
    {
        get
        {
            var cases = new TheoryData<Loss, bool>();
            foreach (var loss in Enum.GetValues<Loss>())
            {
                cases.Add(loss, false);
                cases.Add(loss, true);
            }

            return cases;
        }
    }

    private string[] Segments =>
        [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];

    [Theory]
    [MemberData(nameof(Losses))]
    public void An_acknowledged_end_that_is_gone_after_a_kill_or_a_close_is_reported_by_verify_by_readers_and_by_the_next_writer(Loss loss, bool isClosed)
    {
        Write(isClosed);
        Destroy(loss);
        byte[] epoch = _disk.ReadAllBytes(Path.Combine(SyncLog.Directory, "EPOCH"));

        var report = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);
        Assert.False(report.IsSound);

        var refused = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk));
        Assert.Equal(new GlobalSeq(Acknowledged), report.Damage.Concat([refused.Damage!]).Max(damage => damage.Last));
        Assert.Equal(epoch, _disk.ReadAllBytes(Path.Combine(SyncLog.Directory, "EPOCH"))); // refused before a new epoch

        Assert.Equal(new GlobalSeq(Acknowledged), LastDamageOf().Last);
    }

    [Fact]
    public void A_loss_of_power_at_any_call_leaves_the_mark_at_or_below_what_is_on_the_device()
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var disk = new SimulatedFileSystem(seed);
            var log = SyncLog.Open(disk);
            for (int batch = 0; batch < 5; batch++)
            {
                log.AppendNext(1 + (int)(seed % 50));
                if ((seed >> batch & 1) == 0)
                {
                    log.Session.Mark!.Sync();
                }
            }

            disk.LosePower();

            Assert.True(DurableMark.Read(disk, SyncLog.Directory) <= LogDirectory.OpenRead(SyncLog.Directory, disk).Watermark, $"Seed {seed}.");
            Assert.True(LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).IsSound, $"Seed {seed}.");
        }
    }

    [Fact]
    public void A_synced_mark_reports_the_loss_of_the_end_after_a_loss_of_power_too()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.Session.Mark!.Sync();
        _disk.LosePower();
        Zero(Segments[^1], 4096 + 48);

        Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk));
    }

    [Fact]
    public void A_mark_that_cannot_be_written_costs_no_append_and_is_raised_by_a_later_one()
    {
        var log = SyncLog.Open(_disk);
        string mark = Path.Combine(SyncLog.Directory, DurableMark.FileName);
        _disk.Faults = call => call.Path == mark ? DiskFault.Error : DiskFault.None;
        log.AppendNext(10);
        log.Session.Mark!.Sync();
        _disk.Faults = _ => DiskFault.None;
        Assert.True(DurableMark.Read(_disk, SyncLog.Directory) <= log.Watermark);

        log.AppendNext(5);

        Assert.Equal(new GlobalSeq(15), DurableMark.Read(_disk, SyncLog.Directory));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void One_damaged_slot_of_the_mark_costs_one_commit_and_two_are_reported(int slot)
    {
        Write(isClosed: false);
        string mark = Path.Combine(SyncLog.Directory, DurableMark.FileName);
        _disk.FlipBit(mark, slot + 9, 1);
        Assert.InRange(DurableMark.Read(_disk, SyncLog.Directory).Value, Acknowledged - 5, Acknowledged);

        _disk.FlipBit(mark, 512 - slot + 9, 1);

        Assert.Equal(mark, Assert.Single(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage).File);
        Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk));
    }

    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.Os)]
    public async Task A_log_written_without_fsync_may_end_below_a_checkpoint_which_is_then_set_aside(Durability next)
    {
        using (var log = EventLog.Open(Options(Durability.Os)))
        {
            await log.AppendAsync(Batches.Seen(SyncLog.Lane, 1, 10), CancellationToken.None);
        }

        var checkpoints = new SnapshotStore(_disk, Path.Combine(SyncLog.Directory, LogDirectory.CheckpointsName));
        Snapshotting.Write(checkpoints, 9, new byte[100]);
        Snapshotting.Write(checkpoints, 12, new byte[100]);
        Assert.False(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound); // it still says that events are gone

        using (var again = EventLog.Open(Options(next)))
        {
            Assert.Equal(new GlobalSeq(12), again.Recovery.LostUpTo);
        }

        Assert.Equal(new GlobalSeq(9), checkpoints.NewestSeq());
        Assert.True(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
    }

    [Fact]
    public void A_log_that_was_written_without_fsync_is_synced_before_it_counts_as_durable()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var disk = new SimulatedFileSystem(seed);
            var os = new SyncLog(Options(Durability.Os, disk));
            for (int batch = 0; batch < 8; batch++)
            {
                os.AppendNext(300);
            }

            Assert.InRange(os.Session.State.Segments.Count, 3, 8);
            disk.RestartProcess(); // killed, so that not even a close has synced anything
            new SyncLog(Options(Durability.Fsync, disk)).Close();

            disk.LosePower();

            ModelLog.AssertHolds(LogDirectory.OpenRead(SyncLog.Directory, disk), new GlobalSeq(2400));
            Assert.True(LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).IsSound, $"Seed {seed}.");
        }
    }

    private EventLogOptions Options(Durability durability, SimulatedFileSystem? disk = null) => new()
    {
        Directory = SyncLog.Directory,
        Chain = new ChainId(1),
        SegmentSizeBytes = 64 << 10,
        Files = disk ?? _disk,
        Durability = durability,
    };

    /// <summary>Reads on past each damaged place.</summary>
    private LogDamage LastDamageOf()
    {
        LogDamage? damage = null;
        try
        {
            var reader = LogDirectory.OpenRead(SyncLog.Directory, _disk);
            for (var next = reader.Oldest; damage is null || damage.Next <= reader.Watermark;)
            {
                using var scan = reader.Scan(next);
                damage = Assert.Throws<LogCorruptException>(() => ReadAll(scan)).Damage!;
                next = damage.Next;
            }

            damage = Assert.Throws<LogCorruptException>(() => reader.Read(reader.Watermark.Next, 1000)).Damage!;
        }
        catch (LogCorruptException error)
        {
            damage = error.Damage!;
        }

        return damage;
    }

    private static void ReadAll(Reading.LogScan scan)
    {
        while (scan.MoveNext())
        {
        }
    }

    /// <summary>Six frames of five events, the last two in a segment of their own.</summary>
    private void Write(bool isClosed)
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 4; batch++)
        {
            log.AppendNext(5);
        }

        log.Close();
        log = SyncLog.Open(_disk);
        log.AppendNext(5);
        Assert.Equal(new GlobalSeq(Acknowledged), log.AppendNext(5).Last);
        if (isClosed)
        {
            log.Close();
        }

        _disk.RestartProcess();
    }

    private void Destroy(Loss loss)
    {
        string last = Segments[^1];
        int frameBytes = SegmentLayout.FrameBytes(Batches.Seen(SyncLog.Lane, 1, 5).SizeBytes);
        int end = 4096 + (2 * frameBytes);
        switch (loss)
        {
            case Loss.LastByteOfTheLastFrame:
                Zero(last, LastNonZero(last, end));
                break;
            case Loss.EndOfTheLastFrame:
                Zero(last, end - 60);
                break;
            case Loss.LastFrame:
                Zero(last, end - frameBytes);
                break;
            case Loss.LastThreeFrames:
                Zero(last, 4096);
                Zero(Segments[^2], 4096 + (3 * frameBytes));
                break;
            case Loss.BitOfTheLastFrame:
                _disk.FlipBit(last, end - 100, 4);
                break;
            case Loss.FileCutShort:
                using (var file = _disk.Open(last, FileUse.Write))
                {
                    file.Truncate(end - 20);
                }

                break;
            case Loss.LastSegment:
                _disk.Delete(last);
                break;
            default:
                Array.ForEach(Segments, _disk.Delete);
                break;
        }
    }

    private int LastNonZero(string path, int end) => _disk.ReadAllBytes(path).AsSpan(0, end).LastIndexOfAnyExcept((byte)0);

    private void Zero(string path, int from)
    {
        using var file = _disk.Open(path, FileUse.Write);
        file.Write(new byte[file.LengthBytes - from], from);
    }
}
