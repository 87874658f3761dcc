using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>The result of verifying the last segment of a log, which nothing follows and a writer may still extend.</summary>
/// <param name="Last">The last valid position.</param>
/// <param name="Frames">Number of valid frames.</param>
/// <param name="Events">Number of records in them.</param>
/// <param name="TornBytes">Bytes of an unacknowledged tail.</param>
/// <param name="Damage">Everything that is wrong.</param>
internal sealed record LastSegment(GlobalSeq Last, long Frames, long Events, long TornBytes, IReadOnlyList<LogDamage> Damage)
{
    /// <summary>Verifies a segment.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="floor">What is known to have been durable, read before the segment.</param>
    /// <param name="isLive">True while a writer may append to it.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    public static LastSegment Verify(ILogFileSystem files, Segment segment, DurableFloor floor, Func<bool> isLive, CancellationToken cancellationToken)
    {
        if (!isLive())
        {
            try
            {
                return OfScan(files, TailScan.Of(files, segment), floor);
            }
            catch (LogCorruptException error) when (error.Damage is not null)
            {
                if (!isLive())
                {
                    return OfDamaged(files, segment, floor, error.Damage, cancellationToken);
                }
            }
        }

        // A frame that was read while it was written is whole when it is read again; damage stays.
        var first = OfLive(files, segment, floor, cancellationToken);
        return first.Damage.Count == 0 ? first : OfLive(files, segment, floor, cancellationToken);
    }

    private static LastSegment OfScan(ILogFileSystem files, TailScan scan, DurableFloor floor)
    {
        var damage = new List<LogDamage>();
        damage.AddRange(floor.LostEnd(scan.Segment.Path, scan.End) is { } lost ? [lost] : []);
        if (scan.Footer is not null)
        {
            using var file = files.Open(scan.Segment.Path, FileUse.Read);
            var digest = SegmentDigest.Of(file, scan.End.Offset);
            damage.AddRange(digest == scan.Footer.Digest ? [] : [new LogDamage(file.Path, scan.End.Offset, $"a footer with digest {digest:x32}", $"{scan.Footer.Digest:x32}")]);
            damage.AddRange(SegmentVerifier.CheckTail(file, scan.End.Offset + SegmentLayout.Footer.Size) is { } tail ? [tail] : []);
        }

        return new LastSegment(scan.Last, scan.Frames, scan.Events, scan.TornBytes, damage);
    }

    private static LastSegment OfDamaged(ILogFileSystem files, Segment segment, DurableFloor floor, LogDamage first, CancellationToken cancellationToken)
    {
        var (walked, end) = Walk(files, segment, cancellationToken);
        var damage = walked.Damage.Any(found => found.Offset == first.Offset) ? walked.Damage : [.. walked.Damage, first];
        return walked with { Damage = floor.LostEnd(segment.Path, end) is { } lost ? [.. damage, lost] : damage };
    }

    /// <summary>Beside a writer: bytes after the last valid frame may be a frame in flight, unless the floor names what should be there.</summary>
    private static LastSegment OfLive(ILogFileSystem files, Segment segment, DurableFloor floor, CancellationToken cancellationToken)
    {
        var (walked, end) = Walk(files, segment, cancellationToken);
        return floor.LostEnd(segment.Path, end) is { } lost ? walked with { Damage = [.. walked.Damage, lost] } : walked;
    }

    private static (LastSegment Walked, FramePosition End) Walk(ILogFileSystem files, Segment segment, CancellationToken cancellationToken)
    {
        using var file = files.Open(segment.Path, FileUse.Read);
        using var walker = new DamageWalker(file, segment.Header, FrameWalker.StartOf(segment.Header), file.LengthBytes);
        var damage = new List<LogDamage>();
        var (frames, events) = SegmentVerifier.Walk(file.Path, walker, new LaneTable(segment.Header.Lanes), damage, cancellationToken);
        return (new LastSegment(new GlobalSeq(walker.Position.Next.Value - 1), frames, events, 0, damage), walker.Position);
    }
}
