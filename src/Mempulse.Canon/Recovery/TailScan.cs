using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>What the last segment of a log holds, and how much of its tail is torn.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Lanes">The lane sequences as of <see cref="Proven"/>.</param>
/// <param name="Proven">The boundary up to which everything is proven durable: before the last frame, or the end if the segment is sealed.</param>
/// <param name="End">The boundary after the last valid frame.</param>
/// <param name="Footer">The footer; null if the segment is not sealed.</param>
/// <param name="TornBytes">Number of bytes from <see cref="End"/> up to and including the last non-zero one; 0 if only zeros follow.</param>
/// <param name="Frames">Number of valid frames.</param>
internal sealed record TailScan(
    Segment Segment, LaneTable Lanes, FramePosition Proven, FramePosition End, SegmentFooter? Footer, long TornBytes, long Frames)
{
    /// <summary>The last valid position.</summary>
    public GlobalSeq Last => new(End.Next.Value - 1);

    /// <summary>Number of valid records.</summary>
    public long Events => (long)(End.Next.Value - Segment.First.Value);

    /// <summary>Scans the whole segment.</summary>
    /// <exception cref="LogCorruptException">Durable data is damaged: a valid frame or footer follows the invalid bytes, or the footer is wrong.</exception>
    public static TailScan Of(ILogFileSystem files, Segment segment) => Walk(files, segment, TornSearch.Judge);

    /// <summary>Scans a segment that another process is writing, and ignores whatever follows the last valid frame.</summary>
    public static TailScan OfLive(ILogFileSystem files, Segment segment) => Walk(files, segment, (_, _, _, _) => 0);

    private static TailScan Walk(ILogFileSystem files, Segment segment, Func<ILogFile, SegmentHeader, FramePosition, LogDamage?, long> judge)
    {
        using var file = files.Open(segment.Path, FileUse.Read);
        long lengthBytes = file.LengthBytes;
        var lanes = new LaneTable(segment.Header.Lanes);
        using var walker = new FrameWalker(file, segment.Header, FrameWalker.StartOf(segment.Header), lengthBytes);
        var proven = walker.Position;
        long frames = 0;
        FrameStep step;
        while ((step = walker.MoveNext()) == FrameStep.Frame)
        {
            // One commit is in flight at a time, so this frame proves the one before it durable, and only that one.
            lanes.Commit();
            proven = walker.FrameStart;
            if (LaneScan.TryAssign(lanes, file.Path, proven.Offset, walker.Frame, walker.Payload.Span) is { } damage)
            {
                throw new LogCorruptException(damage);
            }

            frames++;
        }

        var end = walker.Position;
        if (walker.Footer is { } footer && step == FrameStep.End)
        {
            CheckFooter(file, footer, segment, end, frames);
            lanes.Commit();
            return new TailScan(segment, lanes, end, end, footer, 0, frames);
        }

        lanes.Rollback();
        long tornBytes = judge(file, segment.Header, end, walker.Damage);
        return new TailScan(segment, lanes, proven, end, null, tornBytes, frames);
    }

    private static void CheckFooter(ILogFile file, SegmentFooter footer, Segment segment, FramePosition end, long frames)
    {
        var expected = footer with { Frames = (ulong)frames, Events = end.Next.Value - segment.First.Value, Last = new GlobalSeq(end.Next.Value - 1), LastCrc = end.PreviousCrc };
        if (footer != expected)
        {
            throw new LogCorruptException(new LogDamage(
                file.Path, end.Offset, string.Create(CultureInfo.InvariantCulture, $"the footer {expected}"), string.Create(CultureInfo.InvariantCulture, $"{footer}")));
        }
    }
}
