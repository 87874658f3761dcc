using Mempulse.Canon.Files;
using Mempulse.Canon.Format;

namespace Mempulse.Canon.Segments;

/// <summary>Reads the header of a segment file.</summary>
internal static class SegmentFiles
{
    /// <summary>Reads and checks the header of an open segment file.</summary>
    /// <exception cref="LogCorruptException">The header is invalid. A file gets its name only after its header is durable, so this is damage.</exception>
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

    /// <summary>The failure to find a log in a directory; names the subdirectory that does, because a node keeps one per chain.</summary>
    public static DirectoryNotFoundException NoneIn(string directory)
    {
        string? below = Directory.Exists(directory)
            ? Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal).FirstOrDefault(child => Directory.EnumerateFiles(child, "*" + SegmentName.Extension).Any())
            : null;
        return new DirectoryNotFoundException($"There is no log in {directory}.{(below is null ? string.Empty : $" Did you mean {below}?")}");
    }
}
