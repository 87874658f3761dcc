using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>A field that is wrong although every CRC is right is damage, named by its place: the CRCs are computed again after each change.</summary>
public sealed class ForgedBytesTests
{
    private const int PerFrame = 5;
    private const int HeaderBytes = 4096;

    private readonly SimulatedFileSystem _disk = new(1);

    /// <summary>Offset in the second frame's header, size of the field, the forged value, and what the report says was expected.</summary>
    public static TheoryData<int, int, long, string> FrameFields => new()
    {
        { 0, 4, 0x4d52_464e, "a frame header" },
        { 4, 2, 2, "a frame header" },
        { 8, 8, 2, "chain 1" },
        { 16, 8, 2, "epoch 1" },
        { 24, 8, 5, "begins with seq 6" },
        { 32, 4, 0, "a frame header" },
        { 32, 4, -1, "a frame header" },
        { 36, 4, 0, "a frame header" },
        { 36, 4, -1, "a frame header" },
        { 36, 4, SegmentLayout.MaxPayloadBytes + 1, "a frame header" },
    };

    /// <summary>Offset in the segment header, size of the field, the forged value, and what the report says was expected.</summary>
    public static TheoryData<int, int, long, string> HeaderFields => new()
    {
        { 0, 8, 1, "the segment magic" },
        { 8, 2, 2, "format version 1" },
        { 12, 4, 0, "a header size" },
        { 12, 4, 4095, "a header size" },
        { 12, 4, 4097, "a header size" },
        { 12, 4, -4096, "a header size" },
        { 12, 4, 1 << 20, "a header size" },
        { 12, 4, 1 << 19, "a file of" }, // larger than the file
        { 24, 8, 2, "as in the file name" },
        { 32, 8, 3, "as in the file name" },
        { 68, 4, 500, "a lane count" },
        { 68, 4, -1, "a lane count" },
        { 68, 4, 50_001, "a lane count" },
    };

    /// <summary>Offset in the footer of a sealed segment, size of the field, and the forged value.</summary>
    public static TheoryData<int, int, long> FooterFields => new()
    {
        { 8, 8, 4 },
        { 16, 8, 9 },
        { 24, 8, 11 },
        { 40, 8, 1 },
        { 48, 8, 1 },
        { 56, 4, 1 },
    };

    private static int PayloadBytes => Batches.Seen(SyncLog.Lane, 1, PerFrame).SizeBytes;

    private static int FrameBytes => SegmentLayout.FrameBytes(PayloadBytes);

    private string[] Segments =>
        [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];

    [Theory]
    [MemberData(nameof(FrameFields))]
    public void Frame(int at, int size, long value, string expected)
    {
        Write(isSealed: true);
        Forge(HeaderBytes + FrameBytes + at, size, value);
        SealFrame(HeaderBytes + FrameBytes);

        var damage = Verify();

        Assert.Contains(expected, damage.Expected, StringComparison.Ordinal);
        Assert.Equal((6ul, 10ul), (damage.First.Value, damage.Last.Value));
        var reader = LogDirectory.OpenRead(SyncLog.Directory, _disk);
        Assert.Equal(PerFrame, reader.Read(new GlobalSeq(1), 100_000)!.Count);
        Assert.Throws<LogCorruptException>(() => reader.Read(new GlobalSeq(6), 100_000));
        Assert.Equal(new GlobalSeq(11), reader.Read(new GlobalSeq(11), 100_000)!.First);
    }

    [Fact]
    public void Padding_of_a_frame()
    {
        Write(isSealed: true);
        int used = 48 + PayloadBytes + 4;
        Assert.NotEqual(used, FrameBytes);
        Forge(HeaderBytes + FrameBytes + used, 1, 1);

        Assert.Contains("zeros up to the next multiple of 8", Verify().Expected, StringComparison.Ordinal);
    }

    /// <summary>A frame whose records are whole, but which begins later than the one before it ended, or is not chained to it, is read; what is missing before it is reported.</summary>
    [Theory]
    [InlineData(24, 7, "begins with seq 6", 6, 6)]
    [InlineData(40, 0, "predecessor CRC", 0, 0)]
    public void Frame_that_does_not_follow_the_one_before_it(int at, long value, string expected, ulong firstLost, ulong lastLost)
    {
        Write(isSealed: true);
        Forge(HeaderBytes + FrameBytes + at, at == 24 ? 8 : 4, value);
        SealFrame(HeaderBytes + FrameBytes);

        var damage = Verify();

        Assert.Contains(expected, damage.Expected, StringComparison.Ordinal);
        Assert.Equal((HeaderBytes + FrameBytes + at, firstLost, lastLost), (damage.Offset, damage.First.Value, damage.Last.Value));
    }

    [Theory]
    [InlineData(PerFrame - 1)]
    [InlineData(PerFrame + 1)]
    public void Number_of_records_of_the_last_frame(int count)
    {
        Write(isSealed: false);
        int last = HeaderBytes + (2 * FrameBytes);
        Forge(last + 32, 4, count);
        SealFrame(last);

        Assert.Equal((last, 11ul), (Verify().Offset, Verify().First.Value));
        Assert.Equal(last, Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!.Offset);
    }

    [Fact]
    public void Record_in_a_frame_that_is_whole()
    {
        Write(isSealed: true);
        int record = HeaderBytes + FrameBytes + 48;
        Forge(record + 4 + 40, 1, 0x55);
        SealFrame(HeaderBytes + FrameBytes);
        Rechain(HeaderBytes + FrameBytes);

        var damage = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage;

        Assert.Contains(damage, found => (found.First.Value, found.Last.Value) == (6, 10) && found.Expected.Contains("5 whole records", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(HeaderFields))]
    public void Header_of_a_segment(int at, int size, long value, string expected)
    {
        Write(isSealed: true);
        Forge(at, size, value);
        SealHeader();

        var refused = Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!;

        Assert.Equal(Segments[0], refused.File);
        Assert.Contains(expected, refused.Expected + refused.Actual, StringComparison.Ordinal);
        Assert.Contains(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage, damage => damage.File == Segments[0]);
    }

    [Theory]
    [MemberData(nameof(FooterFields))]
    public void Footer_of_a_closed_segment(int at, int size, long value)
    {
        Write(isSealed: true);
        int footer = HeaderBytes + (3 * FrameBytes);
        Forge(footer + at, size, value);
        Seal(footer, 60, Salt());

        var damage = Verify();
        Assert.Equal(Segments[0], damage.File);
        Assert.Equal(footer, damage.Offset);
    }

    /// <summary>The segment then counts as not closed: nothing proves that these bytes were ever durable.</summary>
    [Theory]
    [InlineData(0, 4, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(32, 8, HeaderBytes)]
    public void Bytes_in_place_of_a_footer_are_a_torn_tail(int at, int size, long value)
    {
        Write(isSealed: true);
        int footer = HeaderBytes + (3 * FrameBytes);
        Forge(footer + at, size, value);
        Seal(footer, 60, Salt());

        var report = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);

        Assert.True(report.IsSound);
        Assert.Equal(64, report.TornBytes);
        var opened = SyncLog.Open(_disk).Report;
        Assert.False(opened.ClosedCleanly);
        Assert.Equal((footer, 64L, 15ul), (opened.TornTail!.Offset, opened.TornTail.SizeBytes, opened.Watermark.Value));
    }

    [Fact]
    public void Footer_of_a_rolled_segment_that_is_gone()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 4; batch++)
        {
            log.AppendNext(300);
        }

        log.Close();
        byte[] first = _disk.ReadAllBytes(Segments[0]);
        int footer = first.AsSpan().LastIndexOfAnyExcept((byte)0) + 1 - 64;
        using (var file = _disk.Open(Segments[0], FileUse.Write))
        {
            file.Write(new byte[64], footer);
        }

        Assert.Equal("a footer", Verify().Expected);
        Assert.Equal("a footer", Assert.Throws<LogCorruptException>(() => SyncLog.Open(_disk)).Damage!.Expected);
    }

    /// <summary>Bytes within a payload that look like a frame or a footer do not count as one: they lack the segment's salt.</summary>
    [Fact]
    public void Frame_of_another_segment_after_a_torn_tail_proves_nothing()
    {
        Write(isSealed: false);
        byte[] frame = _disk.ReadAllBytes(Segments[0]).AsSpan(HeaderBytes + FrameBytes, FrameBytes).ToArray();
        var other = new SimulatedFileSystem(2);
        var log = SyncLog.Open(other);
        log.AppendNext(1);
        string path = Path.Combine(SyncLog.Directory, new SegmentName(new GlobalSeq(1), new Epoch(1)).FileName);
        int end = HeaderBytes + SegmentLayout.FrameBytes(Batches.Seen(SyncLog.Lane, 1, 1).SizeBytes);
        using (var file = other.Open(path, FileUse.Write))
        {
            file.Write([0xff], end);
            file.Write(frame, end + 8);
        }

        other.RestartProcess();
        _disk.RestartProcess();

        // The chain, the epoch and the header are the same, so this frame does carry the salt: the tail is corruption.
        Assert.Throws<LogCorruptException>(() => SyncLog.Open(other));
        using (var file = other.Open(path, FileUse.Write))
        {
            file.Write([1], end + 8 + 45); // without the salt it is a part of the torn tail
        }

        Assert.Equal(8 + frame.Length - 4, SyncLog.Open(other).Report.TornTail!.SizeBytes, 8.0);
    }

    [Theory]
    [InlineData("00000000000000000001-0000000001.wal", true)]
    [InlineData("18446744073709551615-4294967296.wal", false)]
    [InlineData("0000000000000000001-0000000001.wal", false)]
    [InlineData("00000000000000000001-000000001.wal", false)]
    [InlineData("00000000000000000001-0000000001.WAL", false)]
    [InlineData("00000000000000000001-0000000001.wal.tmp", false)]
    [InlineData("00000000000000000001-0000000001-1.wal", false)]
    [InlineData("+0000000000000000001-0000000001.wal", false)]
    [InlineData("00000000000000000001_0000000001.wal", false)]
    public void Only_the_exact_form_is_the_name_of_a_segment(string name, bool isSegment)
    {
        Assert.Equal(isSegment || name.StartsWith("184", StringComparison.Ordinal), SegmentName.TryParse(name, out var parsed));
        Assert.True(!isSegment || parsed == new SegmentName(new GlobalSeq(1), new Epoch(1)));
    }

    private LogDamage Verify() => LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage[0];

    /// <summary>Three frames of five records.</summary>
    private void Write(bool isSealed)
    {
        var log = SyncLog.Open(_disk);
        for (int frame = 0; frame < 3; frame++)
        {
            log.AppendNext(PerFrame);
        }

        if (isSealed)
        {
            log.Close();
        }

        _disk.RestartProcess();
    }

    private uint Salt() => BinaryPrimitives.ReadUInt32LittleEndian(_disk.ReadAllBytes(Segments[0]).AsSpan(HeaderBytes - 4));

    private void Forge(int at, int size, long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        using var file = _disk.Open(Segments[0], FileUse.Write);
        file.Write(bytes.AsSpan(0, size), at);
    }

    /// <summary>Computes the CRC after <paramref name="count"/> bytes again.</summary>
    private uint Seal(int from, int count, uint before)
    {
        uint crc = GoldenBytes.Crc32C(_disk.ReadAllBytes(Segments[0]).AsSpan(from, count), before);
        Forge(from + count, 4, crc);
        return crc;
    }

    private void SealHeader() => Seal(0, HeaderBytes - 4, 0);

    private uint SealFrame(int from) => Seal(from + 48, PayloadBytes, Seal(from, 44, Salt()));

    /// <summary>Chains the frames after this one to it again.</summary>
    private void Rechain(int from)
    {
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(_disk.ReadAllBytes(Segments[0]).AsSpan(from + 48 + PayloadBytes));
        for (int next = from + FrameBytes; next < HeaderBytes + (3 * FrameBytes); next += FrameBytes)
        {
            Forge(next + 40, 4, crc);
            crc = SealFrame(next);
        }
    }
}
