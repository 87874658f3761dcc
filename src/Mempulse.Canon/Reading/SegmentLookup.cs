using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Reading;

/// <summary>Finds the segment that holds a position.</summary>
internal static class SegmentLookup
{
    /// <summary>Returns the first position that the segments hold; 1 if there are no segments.</summary>
    public static GlobalSeq Oldest(IReadOnlyList<Segment> segments) => segments.Count == 0 ? GlobalSeq.None.Next : segments[0].First;

    /// <summary>Returns the index of the segment that holds <paramref name="seq"/>.</summary>
    /// <remarks>This is the last segment that begins at or before it: a segment without frames begins where its successor does.</remarks>
    /// <exception cref="LogTruncatedException"><paramref name="seq"/> is below the oldest segment.</exception>
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
