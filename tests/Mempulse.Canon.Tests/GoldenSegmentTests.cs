using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Format version 1 stays readable, and writers keep writing it (docs/formats/log-segment.md).</summary>
public sealed class GoldenSegmentTests
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "vectors", "log", "segment-v1.wal");

    [Fact]
    public void The_golden_segment_is_reproduced_byte_for_byte()
    {
        Assert.Equal(File.ReadAllBytes(Golden), Written());
    }

    [Fact]
    public void The_golden_segment_is_read()
    {
        var disk = new SimulatedFileSystem(1);
        string name = new SegmentName(new GlobalSeq(1), new Epoch(1)).FileName;
        using (var file = disk.Create(Path.Combine(SyncLog.Directory, name)))
        {
            file.Write(File.ReadAllBytes(Golden), 0);
        }

        var reader = LogDirectory.OpenRead(SyncLog.Directory, disk);

        Assert.Equal(new GlobalSeq(6), reader.Watermark);
        Assert.Equal([new GlobalSeq(2), new GlobalSeq(3)], reader.Find(EventKey.Tx(Batches.TxHash(2)), GlobalSeq.None, 10));
    }

    private static byte[] Written()
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        log.AppendGroup([Batches.Seen(LaneId.Of("a"), 1, 2), Batches.Seen(LaneId.Of("b"), 2, 1)]);
        log.Append(Batches.Seen(LaneId.Of("c"), 7, 3));
        log.Close();
        return disk.ReadAllBytes(Path.Combine(SyncLog.Directory, new SegmentName(new GlobalSeq(1), new Epoch(1)).FileName));
    }
}
