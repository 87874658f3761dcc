using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Segments;

/// <summary>One segment of the log as readers see it.</summary>
/// <remarks>Shared between threads: the writer advances the end of the last segment, all others only read.</remarks>
internal sealed class Segment(string path, SegmentHeader header)
{
    private FrameIndex? _index;
    private long _endBytes = header.SizeBytes;
    private SegmentEnd? _end;

    /// <summary>The file's path.</summary>
    public string Path { get; } = path;

    /// <summary>The segment's header.</summary>
    public SegmentHeader Header { get; } = header;

    /// <summary>The segment's name, unique within its log.</summary>
    public SegmentName Name => new(Header.First, Header.Epoch);

    /// <summary>Position of its first record, whether or not that is written yet.</summary>
    public GlobalSeq First => Header.First;

    /// <summary>Byte offset after the last durable frame; it only rises.</summary>
    public long EndBytes
    {
        get => Volatile.Read(ref _endBytes);
        set => Volatile.Write(ref _endBytes, value);
    }

    /// <summary>The final end; null while the segment may still grow.</summary>
    public SegmentEnd? End
    {
        get => Volatile.Read(ref _end);
        private set => Volatile.Write(ref _end, value);
    }

    /// <summary>Returns the map from positions to frame boundaries; built from the frame headers on first use unless the writer maintains it.</summary>
    public FrameIndex Index(ILogFileSystem files)
    {
        var known = Volatile.Read(ref _index);
        if (known is not null)
        {
            return known;
        }

        var built = new FrameIndex(FrameWalker.StartOf(Header));
        using var file = files.Open(Path, FileUse.Read);
        FrameHeaderHops.Note(file, Header, EndBytes, built);
        return Interlocked.CompareExchange(ref _index, built, null) ?? built;
    }

    /// <summary>Creates the index that the segment's writer maintains.</summary>
    public FrameIndex StartIndex() => _index = new FrameIndex(FrameWalker.StartOf(Header));

    /// <summary>Sets the final end; the segment never grows after it.</summary>
    public void Seal(SegmentEnd end)
    {
        EndBytes = end.SealedBytes;
        End = end;
    }
}
