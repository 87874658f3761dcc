using Mempulse.Canon.Files;
using Mempulse.Canon.Format;

namespace Mempulse.Canon.Segments;

/// <summary>Opens a segment's file and reads its header.</summary>
internal static class SegmentFiles
{
    /// <summary>The header of a segment file.</summary>
    /// <exception cref="LogCorruptException">There is no valid header: files get their name only after their header is durable.</exception>
    public static SegmentHeader ReadHeader(ILogFile file)
    {
        byte[] block = file.ReadHead(SegmentLayout.Header.BlockBytes);
        if (!SegmentHeader.TryReadSize(block, out int sizeBytes, out var fault))
        {
            throw Damaged(file, fault);
        }

        byte[] bytes = sizeBytes == block.Length ? block : file.ReadHead(sizeBytes);
        if (bytes.Length < sizeBytes)
        {
            throw Damaged(file, (0, $"a header of {sizeBytes} bytes", $"a file of {bytes.Length} bytes"));
        }

        return SegmentHeader.Decode(bytes, out fault) ?? throw Damaged(file, fault);
    }

    private static LogCorruptException Damaged(ILogFile file, (int Offset, string Expected, string Actual) fault) =>
        new(new LogDamage(file.Path, fault.Offset, fault.Expected, fault.Actual));
}
