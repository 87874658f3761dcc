using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Segments;

/// <summary>What readers can see of a log: its segments in order and the durable watermark.</summary>
/// <remarks>One writer changes it while any thread reads. A position at or below the watermark is always within the segments.</remarks>
internal sealed class LogState
{
    private readonly Lock _lock = new();
    private Segment[] _segments;
    private ulong _watermark;

    /// <summary>Creates the state of a log as it was found.</summary>
    public LogState(IEnumerable<Segment> segments, GlobalSeq watermark)
    {
        _segments = [.. segments];
        _watermark = watermark.Value;
    }

    /// <summary>The acknowledged events past the watermark that the log has lost; null if none are known to be missing. Never set while a writer appends.</summary>
    public LogDamage? LostEnd { get; init; }

    /// <summary>The segments, oldest first; a returned list never changes.</summary>
    public IReadOnlyList<Segment> Segments => Volatile.Read(ref _segments);

    /// <summary>The highest durable position.</summary>
    public GlobalSeq Watermark => new(Volatile.Read(ref _watermark));

    /// <summary>Adds the segment that the writer continues in.</summary>
    public void Add(Segment segment)
    {
        lock (_lock)
        {
            Volatile.Write(ref _segments, [.. _segments, segment]);
        }
    }

    /// <summary>Removes the oldest segment.</summary>
    public void RemoveOldest()
    {
        lock (_lock)
        {
            Volatile.Write(ref _segments, _segments[1..]);
        }
    }

    /// <summary>Raises the watermark.</summary>
    public void Advance(GlobalSeq watermark)
    {
        Invariant.That(watermark >= Watermark, "INV-20", "The durable watermark never falls.");
        Volatile.Write(ref _watermark, watermark.Value);
    }
}
