using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Verification;

namespace Mempulse.Canon;

/// <summary>Settles segments that a crash or a takeover left without a footer: verifies each, truncates it at its end and writes its footer.</summary>
/// <remarks>
/// Runs one opening after the takeover, and only after the epoch check: only then do all writers agree on where such a
/// segment ends (docs/decisions/0021). The takeover has already copied the torn bytes that it found to <c>torn/</c>.
/// </remarks>
internal static class ChainSettling
{
    /// <summary>Checks that every segment but the last ends where its successor says, and settles those without a footer.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="chain">The segments of the log.</param>
    /// <param name="checkEpoch">Throws if this writer's epoch no longer holds; called before each write.</param>
    /// <exception cref="LogCorruptException">A footer is missing or wrong, or a segment without one does not match its successor's header.</exception>
    public static void Settle(ILogFileSystem files, LogChain chain, Action checkEpoch)
    {
        for (int index = 0; index + 1 < chain.Segments.Count; index++)
        {
            var segment = chain.Segments[index];
            if (!HasFooter(files, segment, chain.Segments[index + 1].Header))
            {
                WriteFooter(files, segment, chain.Segments[index + 1].Header, checkEpoch);
            }
        }
    }

    private static bool HasFooter(ILogFileSystem files, Segment segment, SegmentHeader next)
    {
        var end = segment.End!;
        using var file = files.Open(segment.Path, FileUse.Read);
        byte[] bytes = new byte[SegmentLayout.Footer.Size];
        int read = file.Read(bytes, end.SealedBytes);
        var footer = SegmentFooter.Decode(bytes.AsSpan(0, read), segment.Header.Crc);
        if (footer is null && next.Epoch == segment.Header.Epoch)
        {
            throw new LogCorruptException(new LogDamage(segment.Path, end.SealedBytes, "a footer", $"bytes {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(read, 16)))}"));
        }

        if (footer is not null && (footer.SealedBytes != end.SealedBytes || footer.LastCrc != end.LastCrc || footer.Last.Next != next.First))
        {
            throw new LogCorruptException(new LogDamage(segment.Path, end.SealedBytes, $"a footer with end {end.SealedBytes}, CRC {end.LastCrc:x8} and next seq {next.First}, as in the next segment's header", $"{footer}"));
        }

        return footer is not null;
    }

    private static void WriteFooter(ILogFileSystem files, Segment segment, SegmentHeader next, Action checkEpoch)
    {
        var findings = SegmentVerifier.Verify(files, segment, next, CancellationToken.None);
        if (findings.Damage is [var damage, ..])
        {
            throw new LogCorruptException(damage);
        }

        var end = segment.End!;
        using var file = files.Open(segment.Path, FileUse.Write);
        var footer = new SegmentFooter(
            (ulong)findings.Frames, (ulong)findings.Events, new(next.First.Value - 1), end.SealedBytes, SegmentDigest.Of(file, end.SealedBytes), end.LastCrc);

        // Truncate first: a segment with a footer is never truncated later, so a crash in between would leak its disk space.
        checkEpoch();
        file.Truncate(end.SealedBytes);
        checkEpoch();
        file.Write(footer.Encode(segment.Header.Crc), end.SealedBytes);
        file.Sync();
    }
}
