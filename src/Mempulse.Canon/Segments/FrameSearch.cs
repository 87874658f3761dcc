using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Segments;

/// <summary>Finds valid frames behind bytes that are not. The salt of a segment's header keeps anything else from passing for one of its frames.</summary>
internal static class FrameSearch
{
    /// <summary>Bytes per read of a search.</summary>
    public const int ChunkBytes = 1 << 20;

    /// <summary>Returns the boundary before the first valid frame of the segment at or after an offset, as the frame itself states it; null if no valid frame follows.</summary>
    /// <param name="file">The segment file.</param>
    /// <param name="header">The segment's header.</param>
    /// <param name="from">Where to start, a multiple of <see cref="SegmentLayout.Alignment"/>.</param>
    /// <param name="atLeast">The lowest position that the frame may begin with.</param>
    /// <param name="limitBytes">Bytes at or past this offset are not read.</param>
    public static FramePosition? Next(ILogFile file, SegmentHeader header, long from, GlobalSeq atLeast, long limitBytes)
    {
        using var window = new FileWindow(file, ChunkBytes, limitBytes);
        for (long at = from; at + SegmentLayout.Frame.Size <= limitBytes; at += SegmentLayout.Alignment)
        {
            if (TryRead(window, at, header, out var frame) && frame.First >= atLeast)
            {
                return new FramePosition(frame.First, at, frame.PreviousCrc);
            }
        }

        return null;
    }

    /// <summary>True if a whole, valid frame of the segment begins at an offset.</summary>
    public static bool TryRead(FileWindow window, long at, SegmentHeader header, out FrameHeader frame)
    {
        frame = default;
        var head = window.Get(at, SegmentLayout.Frame.Size).Span;
        if (head.Length < SegmentLayout.Frame.Size
            || BinaryPrimitives.ReadUInt32LittleEndian(head) != SegmentLayout.Frame.Magic
            || !FrameHeader.TryRead(head, header.Crc, out frame, out uint headerCrc)
            || frame.Chain != header.Chain
            || frame.Epoch != header.Epoch)
        {
            return false;
        }

        int trailerAt = SegmentLayout.Frame.Size + frame.PayloadBytes;
        var whole = window.Get(at, frame.FrameBytes).Span;
        return whole.Length == frame.FrameBytes
            && Crc32C.Continue(headerCrc, whole[SegmentLayout.Frame.Size..trailerAt]) == BinaryPrimitives.ReadUInt32LittleEndian(whole[trailerAt..])
            && !whole[(trailerAt + SegmentLayout.Frame.TrailerSize)..].ContainsAnyExcept((byte)0);
    }
}
