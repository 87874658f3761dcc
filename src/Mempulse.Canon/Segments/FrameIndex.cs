using Mempulse.Primitives;

namespace Mempulse.Canon.Segments;

/// <summary>A sparse map from positions to frame boundaries in one segment; a cache that a walk over the segment rebuilds.</summary>
/// <remarks>Thread-safe: one writer appends while any thread looks up.</remarks>
internal sealed class FrameIndex
{
    /// <summary>Smallest distance between two entries in bytes, so that lookups walk over little and the map stays small.</summary>
    public const int StrideBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly List<FramePosition> _entries;

    /// <summary>Creates an index that knows only the start of the segment.</summary>
    public FrameIndex(FramePosition start) => _entries = [start];

    /// <summary>Notes a frame boundary, unless it is less than <see cref="StrideBytes"/> past the last one noted.</summary>
    public void Note(FramePosition position)
    {
        lock (_lock)
        {
            if (position.Offset >= _entries[^1].Offset + StrideBytes)
            {
                _entries.Add(position);
            }
        }
    }

    /// <summary>Returns the last noted boundary at or before <paramref name="seq"/>.</summary>
    public FramePosition Floor(GlobalSeq seq)
    {
        lock (_lock)
        {
            int low = 0;
            int high = _entries.Count - 1;
            while (low < high)
            {
                int middle = (low + high + 1) / 2;
                (low, high) = _entries[middle].Next <= seq ? (middle, high) : (low, middle - 1);
            }

            return _entries[low];
        }
    }
}
