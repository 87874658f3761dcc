using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Segments;

/// <summary>Walks over the frames of one segment and checks each: header CRC, chain, epoch, sequence, previous CRC, payload CRC.</summary>
/// <remarks>Confined to one thread. The caller decides whether a broken frame is a torn tail or corruption.</remarks>
internal sealed class FrameWalker : IDisposable
{
    /// <summary>Default number of bytes per read.</summary>
    public const int DefaultChunkBytes = 1 << 20;

    private readonly ILogFile _file;
    private readonly SegmentHeader _header;
    private readonly FileWindow _window;

    /// <summary>Creates a walker at a frame boundary.</summary>
    /// <param name="file">The segment file.</param>
    /// <param name="header">The segment's header.</param>
    /// <param name="start">The boundary to start from.</param>
    /// <param name="limitBytes">Bytes at or past this offset are not read.</param>
    /// <param name="chunkBytes">Bytes per read.</param>
    public FrameWalker(ILogFile file, SegmentHeader header, FramePosition start, long limitBytes, int chunkBytes = DefaultChunkBytes)
    {
        _file = file;
        _header = header;
        _window = new FileWindow(file, chunkBytes, limitBytes);
        Position = start;
    }

    /// <summary>Bytes at or past this offset are not read; may be raised.</summary>
    public long LimitBytes
    {
        get => _window.LimitBytes;
        set => _window.LimitBytes = value;
    }

    /// <summary>The boundary that the next step starts from.</summary>
    public FramePosition Position { get; private set; }

    /// <summary>Header of the frame stepped over; valid after <see cref="FrameStep.Frame"/>.</summary>
    public FrameHeader Frame { get; private set; }

    /// <summary>The boundary before that frame.</summary>
    public FramePosition FrameStart { get; private set; }

    /// <summary>The records of that frame; valid until the next step.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>What is wrong; set after <see cref="FrameStep.Broken"/>.</summary>
    public LogDamage? Damage { get; private set; }

    /// <summary>The footer that ended the walk; null if none did.</summary>
    public SegmentFooter? Footer { get; private set; }

    /// <summary>Returns the boundary before the first frame of a segment.</summary>
    public static FramePosition StartOf(SegmentHeader header) => new(header.First, header.SizeBytes, header.Crc);

    /// <summary>Continues at another boundary, past bytes that are not valid frames.</summary>
    public void ContinueAt(FramePosition boundary) => Position = boundary;

    /// <summary>Steps over one frame.</summary>
    public FrameStep MoveNext()
    {
        Damage = null;
        long offset = Position.Offset;
        if (offset == LimitBytes)
        {
            return FrameStep.End;
        }

        var head = _window.Get(offset, SegmentLayout.Footer.Size).Span;
        if (!head.ContainsAnyExcept((byte)0))
        {
            return FrameStep.End;
        }

        Footer = SegmentFooter.Decode(head, _header.Crc);
        if (Footer is not null && Footer.SealedBytes == offset)
        {
            return FrameStep.End;
        }

        if (head.Length < SegmentLayout.Frame.Size)
        {
            return Broken(0, "a frame header of 48 bytes", $"{head.Length} bytes before the end of the file");
        }

        return FrameHeader.TryRead(head, _header.Crc, out var frame, out uint headerCrc)
            ? CheckHeader(frame, headerCrc)
            : Broken(0, "a frame header, zeros or a footer", $"bytes {Convert.ToHexStringLower(head[..16])}... with header CRC {BinaryPrimitives.ReadUInt32LittleEndian(head[SegmentLayout.Frame.HeaderCrc..]):x8}, computed {headerCrc:x8}");
    }

    public void Dispose() => _window.Dispose();

    private FrameStep CheckHeader(in FrameHeader frame, uint headerCrc)
    {
        const int firstSeq = SegmentLayout.Frame.FirstSeq;
        if (frame.Chain != _header.Chain)
        {
            return Broken(SegmentLayout.Frame.Chain, $"chain {_header.Chain}", $"chain {frame.Chain}");
        }

        if (frame.Epoch != _header.Epoch)
        {
            return Broken(SegmentLayout.Frame.Epoch, $"epoch {_header.Epoch}", $"epoch {frame.Epoch}");
        }

        if (frame.First != Position.Next)
        {
            return Broken(firstSeq, $"a frame that begins with seq {Position.Next}", $"one that begins with seq {frame.First}");
        }

        if (frame.PreviousCrc != Position.PreviousCrc)
        {
            return Broken(SegmentLayout.Frame.PreviousCrc, $"predecessor CRC {Position.PreviousCrc:x8}", $"{frame.PreviousCrc:x8}");
        }

        if (Position.Offset + frame.FrameBytes > LimitBytes)
        {
            return Broken(SegmentLayout.Frame.PayloadBytes, $"a frame that ends by offset {LimitBytes}", $"one of {frame.FrameBytes} bytes");
        }

        return CheckPayload(frame, headerCrc);
    }

    private FrameStep CheckPayload(in FrameHeader frame, uint headerCrc)
    {
        int needed = SegmentLayout.Frame.Size + frame.PayloadBytes + SegmentLayout.Frame.TrailerSize;
        var whole = _window.Get(Position.Offset, frame.FrameBytes);
        if (whole.Length < frame.FrameBytes)
        {
            return Broken(SegmentLayout.Frame.PayloadBytes, $"a frame of {frame.FrameBytes} bytes", $"{whole.Length} bytes before the end of the file");
        }

        var payload = whole.Slice(SegmentLayout.Frame.Size, frame.PayloadBytes);
        uint crc = Crc32C.Continue(headerCrc, payload.Span);
        uint written = BinaryPrimitives.ReadUInt32LittleEndian(whole.Span[(needed - SegmentLayout.Frame.TrailerSize)..]);
        if (crc != written)
        {
            return Broken(needed - SegmentLayout.Frame.TrailerSize, $"payload CRC {crc:x8} of the {frame.PayloadBytes} bytes before it", $"{written:x8}");
        }

        if (whole.Span[needed..].ContainsAnyExcept((byte)0))
        {
            return Broken(needed, "zeros up to the next multiple of 8", "other bytes");
        }

        FrameStart = Position;
        Frame = frame;
        Payload = payload;
        Position = new FramePosition(frame.Last.Next, Position.Offset + frame.FrameBytes, crc);
        return FrameStep.Frame;
    }

    private FrameStep Broken(int at, string expected, string actual)
    {
        Damage = new LogDamage(_file.Path, Position.Offset + at, expected, actual);
        return FrameStep.Broken;
    }
}
