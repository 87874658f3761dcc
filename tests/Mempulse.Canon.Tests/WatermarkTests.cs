using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>No reader passes the durable watermark, wherever it stands and whatever already lies behind it.</summary>
public sealed class WatermarkTests
{
    private const int PerFrame = 210;
    private const ulong Written = 2100;

    private readonly SimulatedFileSystem _disk = new(1);
    private readonly SyncLog _log;

    public WatermarkTests()
    {
        _log = SyncLog.Open(_disk);
        for (ulong end = 0; end < Written; end += PerFrame)
        {
            _log.AppendNext(PerFrame);
        }

        Assert.InRange(_log.Session.State.Segments.Count, 2, 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(209)]
    [InlineData(210)]
    [InlineData(211)]
    [InlineData(1890)]
    [InlineData(2099)]
    [InlineData(2100)]
    public void Pages_and_searches_end_at_the_watermark(ulong watermark)
    {
        var reader = ReaderAt(watermark);
        ulong read = 0;
        foreach (int maxBytes in (int[])[1, 500, 20_000, int.MaxValue])
        {
            read = 0;
            while (reader.Read(new GlobalSeq(read + 1), maxBytes) is { } page)
            {
                Assert.Equal((new GlobalSeq(read + 1), new GlobalSeq(watermark)), (page.First, page.Watermark));
                foreach (var record in page)
                {
                    Assert.Equal(++read, record.LocalSeq);
                }
            }

            Assert.Equal(watermark, read);
        }

        for (ulong seq = 1; seq <= Written; seq += 67)
        {
            Assert.Equal(seq <= watermark, reader.Find(EventKey.Tx(Batches.TxHash(seq)), GlobalSeq.None, 10) is [var found] && found.Value == seq);
        }
    }

    /// <summary>Frames are acknowledged whole, so a scan meets a watermark only between them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(210)]
    [InlineData(420)]
    [InlineData(1890)]
    public void Scans_and_counts_end_at_the_watermark_and_a_scan_goes_on_when_it_moves(ulong watermark)
    {
        var state = StateAt(watermark);
        var reader = new LogReader(_disk, state, new KeyIndexes(_disk));
        using var scan = reader.Scan(new GlobalSeq(1));

        Assert.Equal(watermark, ReadOn(scan, 0));
        Assert.Equal((long)watermark, LogStats.Collect(reader, null, null, CancellationToken.None).Events);
        Assert.Equal(watermark, ReadOn(scan, watermark));

        state.Advance(new GlobalSeq(watermark + PerFrame));
        Assert.Equal(watermark + PerFrame, ReadOn(scan, watermark));
    }

    [Fact]
    public void A_reader_that_runs_at_every_call_of_the_writer_never_reads_more_than_was_acknowledged()
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        ulong acknowledged = 0;
        using var scan = log.Reader.Scan(new GlobalSeq(1));
        ulong scanned = 0;
        disk.Faults = _ =>
        {
            Assert.Equal(acknowledged, log.Reader.Watermark.Value);
            Assert.Null(log.Reader.Read(new GlobalSeq(acknowledged + 1), 1));
            Assert.Empty(log.Reader.Find(EventKey.Tx(Batches.TxHash(acknowledged + 1)), GlobalSeq.None, 1));
            scanned = ReadOn(scan, scanned);
            Assert.Equal(acknowledged, scanned);
            return DiskFault.None;
        };

        for (int batch = 1; batch <= 30; batch++)
        {
            acknowledged = log.AppendNext(batch * 4).Watermark.Value;
        }

        Assert.InRange(log.Session.State.Segments.Count, 3, 6);
    }

    [Fact]
    public void The_watermark_never_falls()
    {
        var state = StateAt(210);

        state.Advance(new GlobalSeq(210));
        Assert.Contains("INV-20", Assert.ThrowsAny<Exception>(() => state.Advance(new GlobalSeq(209))).Message, StringComparison.Ordinal);
        Assert.Equal(new GlobalSeq(210), state.Watermark);
    }

    private LogState StateAt(ulong watermark) => new(_log.Session.State.Segments, new GlobalSeq(watermark));

    private LogReader ReaderAt(ulong watermark) => new(_disk, StateAt(watermark), new KeyIndexes(_disk));

    private static ulong ReadOn(LogScan scan, ulong read)
    {
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                Assert.Equal(++read, record.LocalSeq);
            }
        }

        return read;
    }
}
