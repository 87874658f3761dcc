using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>What the last segment of a log holds, judged by rule 15: torn, or rotten.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Lanes">The lanes after <see cref="Proven"/>.</param>
/// <param name="Proven">The place up to which everything is known to be durable: before the last frame, or the end if it is sealed.</param>
/// <param name="End">The place after the last valid frame.</param>
/// <param name="Footer">The footer, if it was sealed.</param>
/// <param name="TornBytes">Bytes from <see cref="End"/> to the last one that is not zero; 0 if there is none.</param>
/// <param name="Frames">Number of valid frames.</param>
internal sealed record TailScan(
    Segment Segment, LaneTable Lanes, FramePosition Proven, FramePosition End, SegmentFooter? Footer, long TornBytes, long Frames)
{
    /// <summary>The last valid position.</summary>
    public GlobalSeq Last => new(End.Next.Value - 1);

    /// <summary>Number of valid records.</summary>
    public long Events => (long)(End.Next.Value - Segment.First.Value);

    /// <summary>Walks over the whole segment.</summary>
    /// <exception cref="LogCorruptException">Something durable is damaged: a valid frame follows the invalid bytes.</exception>
    public static TailScan Of(ILogFileSystem files, Segment segment) => Walk(files, segment, TornSearch.Judge);

    /// <summary>Walks over a segment that somebody is writing: what comes after the last valid frame is no business of ours.</summary>
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
            // One batch is in flight: this frame proves the one before it, and only that.
            lanes.Commit();
            proven = walker.FrameStart;
            LaneScan.Assign(lanes, walker.Frame.First, walker.Payload.Span);
            frames++;
        }

        var end = walker.Position;
        if (walker.Footer is { } footer && step == FrameStep.End)
        {
            CheckFooter(file, footer, segment, end, frames);
            lanes.Commit();
            return new TailScan(segment, lanes, end, end, footer, 0, frames);
        }

        lanes.TakeBack();
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
