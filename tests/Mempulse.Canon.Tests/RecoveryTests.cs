using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Snapshots;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Torn tails and corruption, what every opening checks, retention, and snapshots.</summary>
public sealed class RecoveryTests
{
    private readonly SimulatedFileSystem _disk = new(1);

    private string[] Segments =>
        [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];

    [Fact]
    public void Damage_before_a_valid_frame_of_the_last_segment_is_refused_with_file_and_offset_and_nothing_is_changed()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.AppendNext(10);
        _disk.RestartProcess();
        _disk.FlipBit(Segments[0], 4096 + 100, 3);
        byte[] before = _disk.ReadAllBytes(Segments[0]);

        var error = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk));

        Assert.Equal(Segments[0], error.Damage!.File);
        Assert.InRange(error.Damage.Offset, 4096, 4096 + 2000);
        Assert.Contains("payload CRC", error.Damage.Expected, StringComparison.Ordinal);
        Assert.Equal(before, _disk.ReadAllBytes(Segments[0]));
        Assert.Contains(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage, damage => (damage.File, damage.Offset) == (error.Damage.File, error.Damage.Offset));
    }

    [Fact]
    public void A_log_that_ends_below_its_durable_floor_is_refused()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.Close();

        var error = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk, floor: new GlobalSeq(11)));
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_ends_below_its_newest_checkpoint_is_refused_so_no_position_is_used_twice()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.Close();
        var checkpoints = new SnapshotStore(_disk, Path.Combine(SyncLog.Directory, LogDirectory.CheckpointsName));
        Write(checkpoints, 10);
        SyncLog.Open(_disk).Close();
        string newest = Write(checkpoints, 11);
        _disk.FlipBit(newest, 1000, 1); // its header still proves that the log was there

        var error = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk));

        Assert.Contains("events up to seq 11", error.Message, StringComparison.Ordinal);
        var os = new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), SegmentSizeBytes = 64 << 10, Files = _disk, Durability = Durability.Os };
        Assert.Throws<LogCorruptException>(() => EventLog.Open(os)); // the option of the next writer does not change what the last one promised
        Assert.False(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
    }

    [Fact]
    public void A_missing_segment_in_the_middle_or_at_the_beginning_is_refused()
    {
        foreach (int missing in (int[])[0, 1])
        {
            var disk = new SimulatedFileSystem(1);
            var log = SyncLog.Open(disk);
            for (int batch = 0; batch < 12; batch++)
            {
                log.AppendNext(300);
            }

            log.Close();
            disk.Delete(Path.Combine(SyncLog.Directory, disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).ElementAt(missing)));

            Assert.Throws<LogCorruptException>(() => SyncLog.Open(disk));
        }
    }

    [Fact]
    public void A_log_of_another_chain_is_refused()
    {
        SyncLog.Open(_disk).Close();
        var options = new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(2), Files = _disk };

        Assert.Throws<LogOfAnotherChainException>(() => EventLog.Open(options));
    }

    [Fact]
    public void Segments_left_without_a_footer_get_one_at_the_second_opening_after_a_crash()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        _disk.LosePower();
        SyncLog.Open(_disk).AppendNext(10);
        _disk.LosePower();
        long before = _disk.ReadAllBytes(Segments[0]).Length;

        SyncLog.Open(_disk).Close();

        Assert.True(_disk.ReadAllBytes(Segments[0]).Length < before);
        Assert.Empty(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);
    }

    [Fact]
    public void Retention_deletes_the_oldest_segments_and_only_below_two_verified_snapshots()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 12; batch++)
        {
            log.AppendNext(300);
        }

        var snapshots = new SnapshotStore(_disk, "/snapshots");
        Write(snapshots, 2000);
        Assert.Equal(new GlobalSeq(1), log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(3000)));

        string newest = Write(snapshots, 3000);
        var oldest = log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(3000));

        Assert.InRange(oldest.Value, 2ul, 2001ul);
        Assert.Throws<Reading.LogTruncatedException>(() => log.Reader.Read(new GlobalSeq(1), 1000));
        log.Close();
        ModelLog.AssertHolds(SyncLog.Open(_disk).Reader, new GlobalSeq(3600));

        _disk.FlipBit(newest, 200, 1);
        Assert.Equal(GlobalSeq.None, snapshots.VerifiedFloor());
    }

    [Fact]
    public void The_newest_intact_snapshot_is_read_and_a_damaged_one_is_skipped_and_reported()
    {
        var snapshots = new SnapshotStore(_disk, "/snapshots");
        Write(snapshots, 100);
        Write(snapshots, 200);
        string damagedPath = Write(snapshots, 300);
        _disk.FlipBit(damagedPath, 1000, 1);
        var damaged = new List<LogDamage>();

        using var found = snapshots.ReadNewest(new GlobalSeq(300), 1, damaged.Add);

        Assert.Equal(new GlobalSeq(200), found!.Mark.Seq);
        Assert.Equal(damagedPath, Assert.Single(damaged).File);
        byte[] content = new byte[5000];
        found.Content.ReadExactly(content);
        Assert.All(content, value => Assert.Equal(200, value));
    }

    [Fact]
    public void A_snapshot_ahead_of_the_log_is_an_error()
    {
        var snapshots = new SnapshotStore(_disk, "/snapshots");
        Write(snapshots, 100);

        Assert.Throws<SnapshotAheadException>(() => snapshots.ReadNewest(new GlobalSeq(99), 1, _ => { }));
    }

    [Fact]
    public void A_damaged_key_index_is_rebuilt()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 4; batch++)
        {
            log.AppendNext(300);
        }

        var key = Primitives.Records.EventKey.Tx(Batches.TxHash(5));
        Assert.Equal([new GlobalSeq(5)], log.Reader.Find(key, GlobalSeq.None, 10));
        log.Keys.PersistWanted();
        string index = Path.Combine(SyncLog.Directory, _disk.List(SyncLog.Directory).First(name => name.EndsWith(SegmentName.KeysExtension, StringComparison.Ordinal)));
        byte[] whole = _disk.ReadAllBytes(index);
        for (int offset = 0; offset < whole.Length; offset += 997)
        {
            _disk.FlipBit(index, offset, 2);
            Assert.Equal([new GlobalSeq(5)], log.Reader.Find(key, GlobalSeq.None, 10));
        }

        _disk.Delete(index);
        Assert.Equal([new GlobalSeq(5)], log.Reader.Find(key, GlobalSeq.None, 10));
        log.Keys.PersistWanted();
        Assert.Equal(whole, _disk.ReadAllBytes(index));
    }

    [Fact]
    public async Task Damage_in_a_sealed_segment_is_found_in_the_background()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 4; batch++)
        {
            log.AppendNext(300);
        }

        log.Close();
        _disk.FlipBit(Segments[0], 5000, 1);
        var found = new TaskCompletionSource<LogDamage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var opened = EventLog.Open(new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), Files = _disk, Damaged = found.SetResult });

        var damage = await found.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(Segments[0], damage.File);
        Assert.Contains(damage, opened.Damage);
    }

    [Fact]
    public void A_reader_beside_a_live_writer_ends_before_the_unproven_last_frame()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        log.AppendNext(5);

        Assert.Equal(new GlobalSeq(10), LogDirectory.OpenRead(SyncLog.Directory, _disk).Watermark);
        log.Close();
        Assert.Equal(new GlobalSeq(15), LogDirectory.OpenRead(SyncLog.Directory, _disk).Watermark);
    }

    [Fact]
    public void Statistics_count_every_record_once()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(300);
        log.AppendNext(10);
        var stats = LogStats.Collect(log.Reader, null, null, CancellationToken.None);

        Assert.Equal(310, stats.Events);
        Assert.Equal((310, new Primitives.Records.LaneSequence(GlobalSeq.None, 310)), (Assert.Single(stats.ByLane).Events, stats.ByLane[0].Last));
        Assert.Equal(LogEvent.TxSeen.KindNumber, Assert.Single(stats.ByKind).Kind);
    }

    private static string Write(SnapshotStore snapshots, ulong seq)
    {
        byte[] content = new byte[5000];
        Array.Fill(content, (byte)(seq % 256));
        return Snapshotting.Write(snapshots, seq, content);
    }
}
