using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>Reads every byte of a sealed segment and checks frames, records, lanes, the end that its successor names, and the footer's digest.</summary>
internal static class SegmentVerifier
{
    /// <summary>Largest number of damaged places that are reported for one segment; the last one then stands for the rest.</summary>
    public const int MaxDamage = 64;

    /// <summary>Verifies a segment whose successor has the header <paramref name="next"/>.</summary>
    public static SegmentFindings Verify(ILogFileSystem files, Segment segment, SegmentHeader next, CancellationToken cancellationToken)
    {
        using var file = files.Open(segment.Path, FileUse.Read);
        var end = segment.End!;
        var lanes = new LaneTable(segment.Header.Lanes);
        var damage = new List<LogDamage>();
        using var walker = new DamageWalker(file, segment.Header, FrameWalker.StartOf(segment.Header), end.SealedBytes);
        var (frames, events) = Walk(file.Path, walker, lanes, damage, cancellationToken);
        if (walker.Rest is { } rest)
        {
            damage.Add(rest.Costing(walker.Position.Next, next.First));
        }
        else if (damage.Count >= MaxDamage)
        {
            damage.Add(new LogDamage(file.Path, walker.Position.Offset, $"at most {MaxDamage} damaged places", "more; the rest of the segment was not read").Costing(walker.Position.Next, next.First));
        }
        else if (damage.Count == 0)
        {
            var found = CheckEnd(file, segment, walker.Position, next) ?? CheckLanes(segment, lanes, next) ?? CheckFooter(file, segment, walker.Position, frames, next);
            damage.AddRange(found is null ? [] : [found]);
        }

        // After a takeover the bytes past the end may be the former writer's, whatever they are; after a roll they are preallocated zeros.
        if (next.Epoch == segment.Header.Epoch && CheckTail(file, end.SealedBytes + SegmentLayout.Footer.Size) is { } tail)
        {
            damage.Add(tail);
        }

        return new SegmentFindings(frames, events, lanes, damage);
    }

    /// <summary>Walks over all frames, checks their records, and notes what is wrong.</summary>
    /// <returns>Number of valid frames and of the records in them.</returns>
    public static (long Frames, long Events) Walk(string path, DamageWalker walker, LaneTable lanes, List<LogDamage> damage, CancellationToken cancellationToken)
    {
        long frames = 0;
        long events = 0;
        int most = damage.Count + MaxDamage;
        while (damage.Count < most && walker.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            damage.AddRange(walker.Passed is { } passed ? [passed] : []);
            damage.AddRange(CheckRecords(path, walker, lanes) is { } broken ? [broken] : []);
            frames++;
            events += walker.Frame.Count;
        }

        return (frames, events);
    }

    /// <summary>Returns the first byte from an offset to the end of the file that is not zero, as damage; null if all of them are zero.</summary>
    public static LogDamage? CheckTail(ILogFile file, long from)
    {
        byte[] chunk = new byte[FrameWalker.DefaultChunkBytes];
        int read;
        for (long at = from; (read = file.Read(chunk, at)) > 0; at += read)
        {
            int index = chunk.AsSpan(0, read).IndexOfAnyExcept((byte)0);
            if (index >= 0)
            {
                return new LogDamage(file.Path, at + index, "zeros to the end of the file", $"byte {chunk[index]:x2}");
            }
        }

        return null;
    }

    private static LogDamage? CheckRecords(string path, DamageWalker walker, LaneTable lanes)
    {
        if (LaneScan.TryAssign(lanes, path, walker.FrameStart.Offset, walker.Frame, walker.Payload.Span) is { } damage)
        {
            lanes.Rollback();
            return damage;
        }

        lanes.Commit();
        return null;
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
