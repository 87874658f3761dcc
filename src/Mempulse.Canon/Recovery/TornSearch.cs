using System.Buffers.Binary;
using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Segments;

namespace Mempulse.Canon.Recovery;

/// <summary>Distinguishes a torn tail from corruption: searches past the last valid frame for a later frame or footer of the same segment.</summary>
internal static class TornSearch
{
    /// <summary>Returns the number of torn bytes after <paramref name="end"/>; 0 if only zeros follow.</summary>
    /// <exception cref="LogCorruptException">A valid frame or footer follows, so the broken bytes were durable once.</exception>
    public static long Judge(ILogFile file, SegmentHeader header, FramePosition end, LogDamage? damage)
    {
        long lastNonZero = LastNonZero(file, end.Offset);
        if (lastNonZero < 0)
        {
            return 0;
        }

        // Without fsync, frames of many commits reach the device in any order, so a later one proves nothing.
        if (header.Durability == Durability.Fsync && FindLaterFrame(file, header, end) is { } later)
        {
            damage ??= new LogDamage(file.Path, end.Offset, string.Create(CultureInfo.InvariantCulture, $"the frame of seq {end.Next}"), "zeros");
            throw new LogCorruptException(damage with
            {
                Expected = string.Create(CultureInfo.InvariantCulture, $"{damage.Expected} (the valid frame or footer at offset {later} proves that it was durable)"),
            });
        }

        return lastNonZero + 1 - end.Offset;
    }

    private static long LastNonZero(ILogFile file, long from)
    {
        byte[] chunk = new byte[FrameSearch.ChunkBytes];
        long last = -1;
        int read;
        for (long at = from; (read = file.Read(chunk, at)) > 0; at += read)
        {
            int index = chunk.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            last = index >= 0 ? at + index : last;
        }

        return last;
    }

    private static long? FindLaterFrame(ILogFile file, SegmentHeader header, FramePosition end)
    {
        long lengthBytes = file.LengthBytes;
        using var window = new FileWindow(file, FrameSearch.ChunkBytes, lengthBytes);
        for (long at = end.Offset + SegmentLayout.Alignment; at + SegmentLayout.Frame.Size <= lengthBytes; at += SegmentLayout.Alignment)
        {
            if (FrameSearch.TryRead(window, at, header, out var frame) && frame.First > end.Next)
            {
                return at;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(window.Get(at, sizeof(uint)).Span) == SegmentLayout.Footer.Magic
                && SegmentFooter.Decode(window.Get(at, SegmentLayout.Footer.Size).Span, header.Crc) is { } footer
                && footer.SealedBytes == at)
            {
                return at;
            }
        }

        return null;
    }
}
