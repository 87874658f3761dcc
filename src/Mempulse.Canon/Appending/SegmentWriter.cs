using System.IO.Hashing;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Appending;

/// <summary>Writes one segment from its first frame to its footer; confined to the writer's thread.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly ILogFile _file;
    private readonly long _capacityBytes;
    private readonly FrameIndex _index;
    private readonly XxHash128 _digest = new();
    private ulong _frames;
    private bool _isSealing;
    private int _dirtyBytes;

    private SegmentWriter(ILogFile file, Segment segment, long capacityBytes, byte[] headerBytes)
    {
        _file = file;
        _capacityBytes = capacityBytes;
        Segment = segment;
        _index = segment.StartIndex();
        _digest.Append(headerBytes);
        Position = FrameWalker.StartOf(segment.Header);
    }

    /// <summary>The segment as readers see it.</summary>
    public Segment Segment { get; }

    /// <summary>Where the next frame goes.</summary>
    public FramePosition Position { get; private set; }

    /// <summary>Returns the path of the segment with a header.</summary>
    public static string PathOf(string directory, SegmentHeader header) => Path.Combine(directory, new SegmentName(header.First, header.Epoch).FileName);

    /// <summary>Turns a prepared file into a segment: writes the header and the carried frame, if any, syncs, renames, and syncs the directory.</summary>
    /// <remarks>Without a prepared file an earlier attempt got as far as the rename, and the same header is in the file; the rest is done again.</remarks>
    /// <exception cref="LogFencedException">The epoch is lost; there is no such segment.</exception>
    public static SegmentWriter Create(ILogFileSystem files, string directory, PreparedSegment? prepared, SegmentHeader header, FrameBuffer? carried, EpochFence fence)
    {
        var (encoded, bytes) = header.Encode();
        string path = PathOf(directory, header);
        uint carriedCrc = 0;
        var carriedFrame = carried is null ? default : HeaderOf(carried, encoded, FrameWalker.StartOf(encoded), FrameFlags.Carried);
        if (carried is not null)
        {
            carriedCrc = carried.Finish(carriedFrame, encoded.Crc);
        }

        if (prepared is not null)
        {
            using var file = files.Open(prepared.Path, FileUse.Write);
            file.Write(bytes, 0);
            if (carried is not null)
            {
                file.Write(carried.Bytes, bytes.Length);
            }

            file.Sync(); // not final: it is no segment yet, and after a failure another file is made
            fence.Check();
            files.Rename(prepared.Path, path);
        }

        files.SyncDirectoryFinally(directory);
        var opened = files.Open(path, FileUse.Write);
        var writer = new SegmentWriter(opened, new Segment(path, encoded), opened.LengthBytes, bytes);
        if (carried is not null)
        {
            writer.Commit(carriedFrame, carriedCrc);
            writer.Digest(carried);
        }

        return writer;
    }

    /// <summary>True if a frame with this payload fits here, with the footer after it.</summary>
    /// <remarks>An empty segment takes any frame and grows: the next segment would begin at the same position and replace it.</remarks>
    public bool Fits(int payloadBytes) =>
        !_isSealing && (_frames == 0 || Position.Offset + SegmentLayout.FrameBytes(payloadBytes) + SegmentLayout.Footer.Size <= _capacityBytes);

    /// <summary>Writes a frame and, unless durability is <see cref="Durability.Os"/>, syncs it; readers do not see it yet.</summary>
    /// <returns>The frame's header and CRC, for <see cref="Commit"/>.</returns>
    /// <exception cref="DiskFullException">The device is full; nothing was appended, and the bytes are zeroed before the next frame is written.</exception>
    public (FrameHeader Header, uint Crc) Write(FrameBuffer frame)
    {
        ZeroDirtyTail();
        var header = HeaderOf(frame, Segment.Header, Position, FrameFlags.None);
        uint crc = frame.Finish(header, Segment.Header.Crc);
        _dirtyBytes = frame.Bytes.Length;
        _file.Write(frame.Bytes, Position.Offset);
        SyncIfDurable();
        return (header, crc);
    }

    /// <summary>Accepts a written frame: advances the end that readers see. Call <see cref="Digest"/> before the next write.</summary>
    public void Commit(in FrameHeader header, uint crc)
    {
        _frames++;
        _dirtyBytes = 0;
        Position = new FramePosition(header.Last.Next, Position.Offset + header.FrameBytes, crc);
        _index.Note(Position);
        Segment.EndBytes = Position.Offset;
    }

    /// <summary>Adds a committed frame to the segment's digest; a separate step, so that acknowledgements do not wait for it.</summary>
    public void Digest(FrameBuffer frame) => _digest.Append(frame.Bytes);

    /// <summary>Writes the footer; from the first attempt on, no further frame fits here.</summary>
    public SegmentEnd Seal()
    {
        if (Segment.End is { } known)
        {
            return known;
        }

        _isSealing = true;
        ZeroDirtyTail();
        var footer = new SegmentFooter(
            _frames, Position.Next.Value - Segment.First.Value, new GlobalSeq(Position.Next.Value - 1), Position.Offset, _digest.GetCurrentHashAsUInt128(), Position.PreviousCrc);
        _file.Write(footer.Encode(Segment.Header.Crc), Position.Offset);
        SyncIfDurable();
        var end = new SegmentEnd(Segment.Name, Position.Offset, Position.PreviousCrc);
        Segment.Seal(end);
        return end;
    }

    /// <summary>Releases the unused space of a sealed segment.</summary>
    public void TruncateToSeal()
    {
        _file.Truncate(Position.Offset + SegmentLayout.Footer.Size);
        _file.SyncFinally();
    }

    /// <summary>Checks that the segment's path still leads to the file that is being written.</summary>
    /// <exception cref="PathUnreachableException">It does not: the directory was moved, unmounted, deleted or replaced.</exception>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public void CheckPlace()
    {
        if (!_file.IsAtPath)
        {
            throw new PathUnreachableException($"Cannot find {_file.Path}: its directory was moved, unmounted or deleted. Restore it; the log then resumes.");
        }
    }

    /// <summary>As <see cref="CheckPlace"/>, but passes a path that cannot be looked at: the open file can still be written.</summary>
    public void CheckPlaceIfKnown()
    {
        try
        {
            CheckPlace();
        }
        catch (IOException unknown) when (unknown is not PathUnreachableException)
        {
            // Nothing says that the file is elsewhere. A roll needs the path and fails if it still cannot be used.
        }
    }

    public void Dispose() => _file.Dispose();

    private static FrameHeader HeaderOf(FrameBuffer frame, SegmentHeader segment, FramePosition position, FrameFlags flags) =>
        new(flags, segment.Chain, segment.Epoch, position.Next, frame.Count, frame.PayloadBytes, position.PreviousCrc);

    private void ZeroDirtyTail()
    {
        if (_dirtyBytes == 0)
        {
            return;
        }

        // A frame that was partly written and then refused must not reappear behind a shorter one.
        _file.Write(new byte[_dirtyBytes], Position.Offset);
        SyncIfDurable();
        _dirtyBytes = 0;
    }

    private void SyncIfDurable()
    {
        if (Segment.Header.Durability == Durability.Fsync)
        {
            _file.SyncFinally();
        }
    }
}
