using System.Buffers.Binary;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Segments that do not fit together are damage, whichever of the two is wrong: the CRCs are computed again after each change.</summary>
public sealed class BrokenChainTests
{
    private readonly SimulatedFileSystem _disk = new(1);

    private string[] Segments =>
        [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void A_log_may_begin_exactly_after_its_floor_and_not_one_position_later(int difference, bool opens)
    {
        WriteClosed(3);
        ulong oldest = 11;
        _disk.Delete(Segments[0]);
        WriteFloor(epoch: 9, oldest - 1 - (ulong)-difference);

        var opened = Record.Exception(() => SyncLog.Open(_disk));

        Assert.Equal(opens, opened is null);
        Assert.True(opens || opened is LogCorruptException, opened?.ToString());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    public void A_segment_below_the_floor_that_a_loss_of_power_brought_back_is_no_part_of_the_log(int difference, bool opens)
    {
        WriteClosed(4);
        string old = Segments[0];
        _disk.Delete(Segments[1]); // deleted after the first one, whose deletion was lost
        WriteFloor(epoch: 9, (ulong)(20 + difference));
        SyncLog? log = null;

        var opened = Record.Exception(() => log = SyncLog.Open(_disk));

        Assert.Equal(opens, opened is null);
        Assert.True(opens || opened is LogCorruptException, opened?.ToString());
        Assert.Equal(opens ? [old] : [], log?.Report.Orphans ?? []);
    }

    [Fact]
    public void A_segment_of_an_older_epoch_that_begins_where_the_log_does_is_no_part_of_it()
    {
        WriteClosed(1);
        string name = Segments[0];
        byte[] first = _disk.ReadAllBytes(name);
        _disk.Delete(name);
        _disk.Delete(Path.Combine(SyncLog.Directory, DurableMark.FileName)); // nothing proves that it was acknowledged
        WriteClosed(2);
        using (var file = _disk.Create(name))
        {
            file.Write(first, 0);
        }

        var opened = SyncLog.Open(_disk);

        Assert.Equal([name], opened.Report.Orphans);
        Assert.Equal(new GlobalSeq(20), opened.Watermark);
    }

    [Fact]
    public void The_highest_floor_of_any_writer_counts_and_a_damaged_one_is_damage()
    {
        WriteFloor(epoch: 1, 900);
        Move("FLOOR-0000000001", "kept");
        WriteFloor(epoch: 2, 500);
        Move("kept", "FLOOR-0000000001");
        Assert.Equal(new GlobalSeq(900), RetentionFloor.Read(_disk, SyncLog.Directory));

        Move("FLOOR-0000000001", "FLOOR"); // the name that an older version gave it
        Assert.Equal(new GlobalSeq(900), RetentionFloor.Read(_disk, SyncLog.Directory));
        WriteFloor(epoch: 2, 1000);
        Assert.Equal(["FLOOR-0000000002"], _disk.List(SyncLog.Directory));
        _disk.Create(Path.Combine(SyncLog.Directory, "FLOOR-0000000003.new")).Dispose(); // a crash left it: no floor yet
        Assert.Equal(new GlobalSeq(1000), RetentionFloor.Read(_disk, SyncLog.Directory));

        string path = Path.Combine(SyncLog.Directory, "FLOOR-0000000002");
        for (int bit = 0; bit < 20 * 8; bit++)
        {
            _disk.FlipBit(path, bit / 8, bit % 8);
            Assert.Equal(path, Assert.Throws<LogCorruptException>(() => RetentionFloor.Read(_disk, SyncLog.Directory)).Damage!.File);
            _disk.FlipBit(path, bit / 8, bit % 8);
        }
    }

    [Fact]
    public void A_segment_that_is_shorter_than_its_successor_says_is_refused()
    {
        WriteClosed(2);
        long end = SealedEnd();
        using (var file = _disk.Open(Segments[0], FileUse.Write))
        {
            file.Truncate(end - 1);
        }

        var damage = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!;

        Assert.Equal((Segments[0], end - 1), (damage.File, damage.Offset));
        Assert.Contains("as in the next segment's header", damage.Expected, StringComparison.Ordinal);
    }

    /// <summary>Without a mark or a checkpoint: what follows a frame in its segment proves that it was durable.</summary>
    [Theory]
    [InlineData(true)] // the footer
    [InlineData(false)] // a later frame
    public void A_damaged_frame_is_no_torn_tail_if_a_footer_or_a_later_frame_proves_it(bool isClosed)
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(10);
        if (isClosed)
        {
            log.Close();
        }
        else
        {
            log.AppendNext(10);
        }

        _disk.RestartProcess();
        _disk.Delete(Path.Combine(SyncLog.Directory, DurableMark.FileName));
        _disk.FlipBit(Segments[0], 4096 + 100, 1);

        Assert.Contains("proves that it was durable", Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!.Expected, StringComparison.Ordinal);
        Assert.False(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
    }

    [Theory]
    [InlineData(24)] // the last seq
    [InlineData(56)] // the CRC of the last frame
    public void A_footer_that_contradicts_the_next_header_is_refused_and_left_as_it_is(int at)
    {
        WriteClosed(2);
        long footer = SealedEnd();
        Change(Segments[0], footer + at);
        Seal(Segments[0], footer, 60, Salt(Segments[0]));
        byte[] before = _disk.ReadAllBytes(Segments[0]);

        Assert.Contains("a footer with end", Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!.Expected, StringComparison.Ordinal);

        Assert.Equal(before, _disk.ReadAllBytes(Segments[0]));
        Assert.False(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
    }

    [Fact]
    public void A_segment_that_a_crash_left_is_not_settled_when_it_is_damaged()
    {
        WriteUnclean(3);
        _disk.FlipBit(Segments[1], 4096 + 60, 1);
        byte[] before = _disk.ReadAllBytes(Segments[1]);

        Assert.Equal(Segments[1], Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!.File);

        Assert.Equal(before, _disk.ReadAllBytes(Segments[1]));
    }

    /// <summary>The second segment has no frames yet, so its header can be changed alone.</summary>
    [Theory]
    [InlineData(72 + 12, "lanes that the next segment's header lists")] // local_seq of a lane
    [InlineData(64, "as in the next segment's header")] // the CRC of the last frame of the previous segment
    [InlineData(56, "a frame that ends by offset")] // its sealed bytes
    public void A_header_that_contradicts_the_segment_before_it_is_damage_of_the_log(int at, string expected)
    {
        WriteClosed(1);
        SyncLog.Open(_disk);
        _disk.RestartProcess();
        Change(Segments[1], at);
        Seal(Segments[1], 0, 4092, 0);

        var damage = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage;

        Assert.Contains(damage, found => found.Expected.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40, 5)] // the epoch of the previous segment: no such segment
    [InlineData(48, 3)] // its first seq
    public void A_header_that_names_another_segment_before_it_is_refused(int at, byte value)
    {
        WriteClosed(1);
        SyncLog.Open(_disk);
        _disk.RestartProcess();
        using (var file = _disk.Open(Segments[1], FileUse.Write))
        {
            file.Write([value], at);
        }

        Seal(Segments[1], 0, 4092, 0);

        Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk));
        Assert.False(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
    }

    private void WriteClosed(int openings)
    {
        for (int opening = 0; opening < openings; opening++)
        {
            var log = SyncLog.Open(_disk);
            log.AppendNext(10);
            log.Close();
        }
    }

    private void WriteUnclean(int openings)
    {
        for (int opening = 0; opening < openings; opening++)
        {
            var log = SyncLog.Open(_disk);
            log.AppendNext(10);
            log.AppendNext(10);
            _disk.RestartProcess();
        }
    }

    private void WriteFloor(ulong epoch, ulong floor) =>
        RetentionFloor.Write(_disk, SyncLog.Directory, new EpochFence(new HeldEpoch(epoch), new Epoch(epoch)), new GlobalSeq(floor));

    private void Move(string name, string newName) => _disk.Rename(Path.Combine(SyncLog.Directory, name), Path.Combine(SyncLog.Directory, newName));

    private long SealedEnd() => _disk.ReadAllBytes(Segments[0]).Length - 64;

    private uint Salt(string path) => BinaryPrimitives.ReadUInt32LittleEndian(_disk.ReadAllBytes(path).AsSpan(4092));

    private void Change(string path, long at)
    {
        byte value = (byte)(_disk.ReadAllBytes(path)[at] ^ 8);
        using var file = _disk.Open(path, FileUse.Write);
        file.Write([value], at);
    }

    private void Seal(string path, long from, int count, uint before)
    {
        byte[] crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, GoldenBytes.Crc32C(_disk.ReadAllBytes(path).AsSpan((int)from, count), before));
        using var file = _disk.Open(path, FileUse.Write);
        file.Write(crc, from + count);
    }

    private sealed class HeldEpoch(ulong epoch) : IEpochStore
    {
        public Epoch Current() => new(epoch);

        public bool TryAdvance(Epoch expected, Epoch successor) => false;
    }
}
