using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Readers stop at damage, learn what it costs, and go on past it when they are asked to; verification reports every damaged place.</summary>
public sealed class DamagedPlacesTests
{
    private const int PerFrame = 10;
    private const int Frames = 40;

    private readonly SimulatedFileSystem _disk = new(1);

    public enum Kind
    {
        PayloadBit,
        HeaderBit,
        TrailerBit,
        ZeroedFrame,
        ZeroedFromTheMiddleOfAFrame,
    }

    public static TheoryData<Kind, int> Places
    {
        get
        {
            var cases = new TheoryData<Kind, int>();
            foreach (var kind in Enum.GetValues<Kind>())
            {
                cases.Add(kind, 0);
                cases.Add(kind, 7);
                cases.Add(kind, Frames - 1);
            }

            return cases;
        }
    }

    private string First => Path.Combine(SyncLog.Directory, _disk.List(SyncLog.Directory).First(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)));

    private static int FrameBytes => SegmentLayout.FrameBytes(Batches.Seen(SyncLog.Lane, 1, PerFrame).SizeBytes);

    [Theory]
    [MemberData(nameof(Places))]
    public void A_reader_names_the_positions_that_damage_costs_and_reads_on_from_the_next(Kind kind, int frame)
    {
        Write();
        Damage(kind, frame);
        var lost = (First: new GlobalSeq((ulong)(frame * PerFrame) + 1), Last: new GlobalSeq((ulong)((frame + 1) * PerFrame)));
        var reader = LogDirectory.OpenRead(SyncLog.Directory, _disk);

        var byPage = Read(next => reader.Read(next, 5000)!.Last, reader.Watermark);
        var byScan = Scan(reader);

        foreach (var (damage, positions) in ((LogDamage, List<ulong>)[])[byPage, byScan])
        {
            Assert.Equal((First, lost.First, lost.Last, lost.Last.Next), (damage.File, damage.First, damage.Last, damage.Next));
            Assert.InRange(damage.Offset, 4096 + (frame * FrameBytes), 4096 + ((frame + 1) * FrameBytes));
            Assert.Equal(Enumerable.Range(1, (Frames + 1) * PerFrame).Select(seq => (ulong)seq).Where(seq => seq < lost.First.Value || seq > lost.Last.Value), positions);
        }

        var verified = Assert.Single(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);
        Assert.Equal((lost.First, lost.Last), (verified.First, verified.Last));
    }

    [Fact]
    public void Every_damaged_place_of_every_segment_is_reported_once()
    {
        Write();
        SyncLog.Open(_disk).AppendNext(PerFrame);
        _disk.RestartProcess();
        int[] frames = [2, 3, 9, 30];
        Array.ForEach(frames, frame => Damage(Kind.PayloadBit, frame));

        var report = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);

        Assert.Equal(
            [(21ul, 40ul), (91ul, 100ul), (301ul, 310ul)],
            report.Damage.Select(damage => (damage.First.Value, damage.Last.Value)));
    }

    [Fact]
    public void Damage_in_two_headers_and_in_a_frame_is_all_reported_though_the_segments_cannot_be_linked()
    {
        Write();
        SyncLog.Open(_disk).AppendNext(PerFrame);
        _disk.RestartProcess();
        string[] segments = [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];
        Damage(Kind.PayloadBit, 4);
        _disk.FlipBit(segments[1], 20, 1);
        _disk.FlipBit(segments[2], 20, 1);

        var report = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);

        Assert.Equal(segments.Order(), report.Damage.Select(damage => damage.File).Order());
    }

    [Fact]
    public void A_segment_with_very_many_damaged_places_is_reported_within_a_bound_that_covers_all_of_them()
    {
        var log = SyncLog.Open(_disk);
        for (int frame = 0; frame < 300; frame++)
        {
            log.AppendNext(1);
        }

        log.Close();
        int frameBytes = SegmentLayout.FrameBytes(Batches.Seen(SyncLog.Lane, 1, 1).SizeBytes);
        for (int frame = 0; frame < 300; frame += 2)
        {
            _disk.FlipBit(First, 4096 + (frame * frameBytes) + 60, 1);
        }

        var report = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);

        Assert.InRange(report.Damage.Count, SegmentVerifier.MaxDamage, SegmentVerifier.MaxDamage + 2);
    }

    [Fact]
    public void A_first_frame_larger_than_a_segment_does_not_replace_the_empty_segment_by_itself()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(3000);
        log.AppendNext(10);
        log.Close();

        Assert.True(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
        ModelLog.AssertHolds(SyncLog.Open(_disk).Reader, new GlobalSeq(3010));
    }

    [Fact]
    public void Bytes_behind_the_footer_of_a_rolled_segment_are_damage()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(300);
        log.AppendNext(300);
        log.AppendNext(300);
        log.Close();
        string first = First;
        Assert.True(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).IsSound);
        long length = _disk.ReadAllBytes(first).Length;
        Assert.Equal(64 << 10, length);

        _disk.FlipBit(first, length - 10, 3);

        var damage = Assert.Single(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);
        Assert.Equal((first, length - 10, GlobalSeq.None), (damage.File, damage.Offset, damage.Last));
    }

    [Fact]
    public void Verification_beside_a_writer_takes_a_frame_in_flight_for_neither_damage_nor_an_end()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(PerFrame);
        int checks = 0;
        _disk.Faults = call =>
        {
            if (call.Kind is DiskCallKind.Write or DiskCallKind.Sync)
            {
                checks++;
                Assert.Empty(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);
            }

            return DiskFault.None;
        };

        for (int frame = 0; frame < 10; frame++)
        {
            log.AppendNext(100);
        }

        Assert.InRange(checks, 20, 1000);
    }

    [Fact]
    public void A_frame_of_which_only_the_start_is_written_is_a_torn_tail_only_without_a_writer()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(PerFrame);
        byte[] frame = _disk.ReadAllBytes(First).AsSpan(4096, FrameBytes / 2).ToArray();
        using (var file = _disk.Open(First, FileUse.Write))
        {
            file.Write(frame, 4096 + FrameBytes);
        }

        var beside = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);
        _disk.RestartProcess();
        var without = LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None);

        Assert.Equal((true, 0L, 10ul), (beside.IsSound, beside.TornBytes, beside.Watermark.Value));
        Assert.Equal((true, 10ul), (without.IsSound, without.Watermark.Value));
        Assert.InRange(without.TornBytes, frame.Length - 16, frame.Length); // its last bytes may be zeros
    }

    [Fact]
    public void Verification_beside_a_writer_reports_damage_below_the_mark()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(PerFrame);
        log.AppendNext(PerFrame);
        log.AppendNext(PerFrame);
        Damage(Kind.PayloadBit, 1);

        var damage = Assert.Single(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);

        Assert.Equal((11ul, 20ul), (damage.First.Value, damage.Last.Value));
    }

    [Fact]
    public void A_search_on_a_full_disk_finds_and_writes_nothing()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 4; batch++)
        {
            log.AppendNext(300);
        }

        int calls = 0;
        _disk.Faults = _ =>
        {
            calls++;
            return DiskFault.NoSpace;
        };

        Assert.Equal([new GlobalSeq(5)], log.Reader.Find(EventKey.Tx(Batches.TxHash(5)), GlobalSeq.None, 10));
        Assert.Equal(0, calls);
        _disk.Faults = _ => DiskFault.None;
        log.Keys.PersistWanted();
        Assert.Contains(_disk.List(SyncLog.Directory), name => name.EndsWith(SegmentName.KeysExtension, StringComparison.Ordinal));
    }

    private static (LogDamage Damage, List<ulong> Positions) Read(Func<GlobalSeq, GlobalSeq> readPage, GlobalSeq watermark)
    {
        LogDamage? damage = null;
        var positions = new List<ulong>();
        for (var next = new GlobalSeq(1); next <= watermark;)
        {
            try
            {
                var last = readPage(next);
                for (; next <= last; next = next.Next)
                {
                    positions.Add(next.Value);
                }
            }
            catch (LogCorruptException error)
            {
                Assert.Null(damage);
                damage = error.Damage;
                next = damage!.Next;
            }
        }

        return (damage!, positions);
    }

    private static (LogDamage Damage, List<ulong> Positions) Scan(ILogReader reader)
    {
        var scan = reader.Scan(new GlobalSeq(1));
        try
        {
            return Read(
                next =>
                {
                    try
                    {
                        Assert.True(scan.MoveNext());
                    }
                    catch (LogCorruptException error)
                    {
                        Assert.Throws<LogCorruptException>(() => scan.MoveNext()); // a scan never goes past damage
                        scan.Dispose();
                        scan = reader.Scan(error.Damage!.Next);
                        throw;
                    }

                    Assert.Equal(next, scan.Current!.First);
                    return scan.Current.Last;
                },
                reader.Watermark);
        }
        finally
        {
            scan.Dispose();
        }
    }

    /// <summary>A sealed segment of forty frames, and one frame in the next.</summary>
    private void Write()
    {
        var log = SyncLog.Open(_disk);
        for (int frame = 0; frame < Frames; frame++)
        {
            log.AppendNext(PerFrame);
        }

        log.Close();
        log = SyncLog.Open(_disk);
        log.AppendNext(PerFrame);
        log.Close();
    }

    private void Damage(Kind kind, int frame)
    {
        long at = 4096 + (frame * FrameBytes);
        switch (kind)
        {
            case Kind.PayloadBit:
                _disk.FlipBit(First, at + 100, 1);
                break;
            case Kind.HeaderBit:
                _disk.FlipBit(First, at + 26, 1);
                break;
            case Kind.TrailerBit:
                _disk.FlipBit(First, at + 48 + Batches.Seen(SyncLog.Lane, 1, PerFrame).SizeBytes + 1, 1);
                break;
            case Kind.ZeroedFrame:
                Zero(at, FrameBytes);
                break;
            default:
                Zero(at + 200, FrameBytes - 200);
                break;
        }
    }

    private void Zero(long from, int count)
    {
        using var file = _disk.Open(First, FileUse.Write);
        file.Write(new byte[count], from);
    }
}
