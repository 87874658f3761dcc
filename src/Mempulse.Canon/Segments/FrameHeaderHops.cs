using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;

namespace Mempulse.Canon.Segments;

/// <summary>Fills a frame index by hopping from header to header, without reading payloads.</summary>
internal static class FrameHeaderHops
{
    private const int WindowBytes = 64 * 1024;

    /// <summary>Notes the frames up to <paramref name="limitBytes"/>; stops at the first invalid header, whose damage a reader will report.</summary>
    public static void Note(ILogFile file, SegmentHeader header, long limitBytes, FrameIndex index)
    {
        using var window = new FileWindow(file, WindowBytes, limitBytes);
        Span<byte> trailer = stackalloc byte[SegmentLayout.Frame.TrailerSize];
        var position = FrameWalker.StartOf(header);
        while (position.Offset < limitBytes)
        {
            var head = window.Get(position.Offset, SegmentLayout.Frame.Size).Span;
            if (head.Length < SegmentLayout.Frame.Size || !FrameHeader.TryRead(head, header.Crc, out var frame, out _) || frame.First != position.Next)
            {
                return;
            }

            // The CRC that the next frame is chained to; a wrong one is detected when that frame is read.
            long trailerAt = position.Offset + SegmentLayout.Frame.Size + frame.PayloadBytes;
            window.Get(trailerAt, trailer.Length).Span.CopyTo(trailer);
            position = new FramePosition(frame.Last.Next, position.Offset + frame.FrameBytes, BinaryPrimitives.ReadUInt32LittleEndian(trailer));
            index.Note(position);
        }
    }
}
