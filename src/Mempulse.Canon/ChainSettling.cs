using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Verification;

namespace Mempulse.Canon;

/// <summary>Brings segments that a crash or a takeover left without a footer into the form of all others: verified, footer, cut behind it.</summary>
/// <remarks>
/// Done one opening later than the takeover, and after the term was checked: only then can no other writer have a
/// different view of where such a segment ends (docs/decisions/0021). The first bytes behind the end were copied aside already.
/// </remarks>
internal static class ChainSettling
{
    /// <summary>Checks that every segment but the last ends as its successor says, and settles those without a footer.</summary>
    /// <exception cref="LogCorruptException">A footer is missing or wrong, or a segment without one does not read as its successor says.</exception>
    public static void Settle(ILogFileSystem files, LogChain chain, Action stillMine)
    {
        for (int index = 0; index + 1 < chain.Segments.Count; index++)
        {
            var segment = chain.Segments[index];
            if (!HasFooter(files, segment, chain.Segments[index + 1].Header))
            {
                stillMine();
                WriteFooter(files, segment, chain.Segments[index + 1].Header);
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
            throw new LogCorruptException(new LogDamage(segment.Path, end.SealedBytes, $"a footer that ends at {end.SealedBytes} with CRC {end.LastCrc:x8} before seq {next.First}, as the next segment says", $"{footer}"));
        }

        return footer is not null;
    }

    private static void WriteFooter(ILogFileSystem files, Segment segment, SegmentHeader next)
    {
        var findings = SegmentVerifier.Verify(files, segment, next, CancellationToken.None);
        if (findings.Damage is { } damage)
        {
            throw new LogCorruptException(damage);
        }

        var end = segment.End!;
        using var file = files.Open(segment.Path, FileUse.Write);
        var footer = new SegmentFooter(
            (ulong)findings.Frames, (ulong)findings.Events, new(next.First.Value - 1), end.SealedBytes, SegmentDigest.Of(file, end.SealedBytes), end.LastCrc);

        // Cut first: a footer with old bytes behind it would keep the disk's space.
        file.Truncate(end.SealedBytes);
        file.Write(footer.Encode(segment.Header.Crc), end.SealedBytes);
        file.Sync();
    }
}
