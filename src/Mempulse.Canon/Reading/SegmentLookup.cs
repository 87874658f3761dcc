using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Reading;

/// <summary>Finds the segment that holds a position.</summary>
internal static class SegmentLookup
{
    /// <summary>The first position that the segments hold.</summary>
    public static GlobalSeq Oldest(IReadOnlyList<Segment> segments) => segments.Count == 0 ? GlobalSeq.None.Next : segments[0].First;

    /// <summary>The segment that holds <paramref name="seq"/>: the last one that begins at or before it, because one without a frame begins where the next does.</summary>
    /// <exception cref="LogTruncatedException">It lies below the oldest segment.</exception>
    public static int IndexOf(IReadOnlyList<Segment> segments, GlobalSeq seq)
    {
        if (seq < Oldest(segments))
        {
            throw new LogTruncatedException(seq, Oldest(segments));
        }

        int low = 0;
        int high = segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = segments[middle].First <= seq ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
