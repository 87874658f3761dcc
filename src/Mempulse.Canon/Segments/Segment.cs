using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Segments;

/// <summary>One segment of the log as readers see it.</summary>
/// <remarks>Shared: the writer moves the end of the last one, readers only look.</remarks>
internal sealed class Segment(string path, SegmentHeader header)
{
    private FrameIndex? _index;
    private long _endBytes = header.SizeBytes;
    private SegmentEnd? _end;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Its header.</summary>
    public SegmentHeader Header { get; } = header;

    /// <summary>What tells it from others.</summary>
    public SegmentName Name => new(Header.First, Header.Epoch);

    /// <summary>Position of its first record, written or not.</summary>
    public GlobalSeq First => Header.First;

    /// <summary>Offset after the last durable frame; it only rises.</summary>
    public long EndBytes
    {
        get => Volatile.Read(ref _endBytes);
        set => Volatile.Write(ref _endBytes, value);
    }

    /// <summary>Where it ends for good; null while it may still grow.</summary>
    public SegmentEnd? End
    {
        get => Volatile.Read(ref _end);
        private set => Volatile.Write(ref _end, value);
    }

    /// <summary>The map from positions to places, made from the frame headers at the first use unless the writer keeps it.</summary>
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

    /// <summary>Gives it the map that its writer keeps up to date.</summary>
    public FrameIndex StartIndex() => _index = new FrameIndex(FrameWalker.StartOf(Header));

    /// <summary>From here on it never grows.</summary>
    public void Seal(SegmentEnd end)
    {
        EndBytes = end.SealedBytes;
        End = end;
    }
}
