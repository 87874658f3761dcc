using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Verification;

/// <summary>Reads every byte of a sealed segment and checks frames, records, lanes, the end that its successor names, and the footer's digest.</summary>
internal static class SegmentVerifier
{
    /// <summary>Verifies a segment whose successor has the header <paramref name="next"/>.</summary>
    public static SegmentFindings Verify(ILogFileSystem files, Segment segment, SegmentHeader next, CancellationToken cancellationToken)
    {
        using var file = files.Open(segment.Path, FileUse.Read);
        var end = segment.End!;
        var lanes = new LaneTable(segment.Header.Lanes);
        using var walker = new FrameWalker(file, segment.Header, FrameWalker.StartOf(segment.Header), end.SealedBytes);
        long frames = 0;
        FrameStep step;
        LogDamage? damage = null;
        while (damage is null && (step = walker.MoveNext()) != FrameStep.End)
        {
            cancellationToken.ThrowIfCancellationRequested();
            damage = step == FrameStep.Broken ? walker.Damage : CheckRecords(file.Path, walker, lanes);
            frames += damage is null ? 1 : 0;
        }

        damage ??= CheckEnd(file, segment, walker.Position, next) ?? CheckLanes(segment, lanes, next) ?? CheckFooter(file, segment, walker.Position, frames, next);
        return new SegmentFindings(frames, (long)(walker.Position.Next.Value - segment.First.Value), lanes, damage);
    }

    private static LogDamage? CheckRecords(string path, FrameWalker walker, LaneTable lanes)
    {
        try
        {
            LaneScan.Assign(lanes, walker.Frame.First, walker.Payload.Span);
            lanes.Commit();
            return null;
        }
        catch (EventDecodeException error)
        {
            return new LogDamage(path, walker.FrameStart.Offset, $"{walker.Frame.Count} whole records in the frame of seq {walker.Frame.First}", error.Message);
        }
    }

    private static LogDamage? CheckEnd(ILogFile file, Segment segment, FramePosition end, SegmentHeader next)
    {
        var named = segment.End!;
        if (end.Offset != named.SealedBytes || end.PreviousCrc != named.LastCrc)
        {
            return new LogDamage(file.Path, end.Offset, $"the end at offset {named.SealedBytes} with CRC {named.LastCrc:x8}, as in the next segment's header", $"the end at {end.Offset} with CRC {end.PreviousCrc:x8}");
        }

        return end.Next != next.First
            ? new LogDamage(file.Path, end.Offset, $"next seq {next.First}, as in the next segment's header", $"seq {end.Next}")
            : null;
    }

    private static LogDamage? CheckLanes(Segment segment, LaneTable lanes, SegmentHeader next) =>
        lanes.Marks().AsSpan().SequenceEqual([.. next.Lanes])
            ? null
            : new LogDamage(segment.Path, 0, $"the {next.Lanes.Count} lanes that the next segment's header lists", "other lane sequences in the records");

    private static LogDamage? CheckFooter(ILogFile file, Segment segment, FramePosition end, long frames, SegmentHeader next)
    {
        byte[] bytes = new byte[SegmentLayout.Footer.Size];
        int read = file.Read(bytes, end.Offset);
        var footer = SegmentFooter.Decode(bytes.AsSpan(0, read), segment.Header.Crc);
        if (footer is null)
        {
            // A writer that rolls writes the footer first. After a takeover there may be none, and the old writer's bytes may be here instead.
            return next.Epoch == segment.Header.Epoch ? new LogDamage(file.Path, end.Offset, "a footer", "no footer") : null;
        }

        var expected = new SegmentFooter(
            (ulong)frames, end.Next.Value - segment.First.Value, new GlobalSeq(end.Next.Value - 1), end.Offset, SegmentDigest.Of(file, end.Offset), end.PreviousCrc);
        return footer == expected ? null : new LogDamage(file.Path, end.Offset, $"the footer {expected}", $"{footer}");
    }
}
