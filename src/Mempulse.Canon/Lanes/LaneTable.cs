using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Lanes;

/// <summary>The last position of every lane, which makes appends idempotent.</summary>
/// <remarks>Thread-safe. The writer assigns positions and then commits them or rolls them back; any thread may read the durable ones.</remarks>
internal sealed class LaneTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LaneId, Lane> _lanes = [];
    private readonly List<Lane> _touched = [];

    /// <summary>Creates a table from the marks of a segment header.</summary>
    public LaneTable(IEnumerable<LaneMark> durable)
    {
        foreach (var mark in durable)
        {
            _lanes.Add(mark.Lane, new Lane { Durable = mark.Last, Assigned = mark.Last });
        }
    }

    /// <summary>Returns the last durable sequence of a lane, or null if it has none.</summary>
    public LaneSequence? LastDurable(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue(lane, out var known) ? known.Durable : null;
        }
    }

    /// <summary>Returns the last position assigned to a lane, durable or in flight; null if it has none.</summary>
    public LaneSequence? LastAssigned(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue(lane, out var known) ? known.Assigned : null;
        }
    }

    /// <summary>True if a lane is known or there is room for another one: a segment header lists all.</summary>
    public bool HasRoomFor(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.Count < SegmentLayout.Header.MaxLanes || _lanes.ContainsKey(lane);
        }
    }

    /// <summary>Raises a lane's sequence, pending <see cref="Commit"/> or <see cref="Rollback"/>.</summary>
    public void Assign(LaneId lane, LaneSequence sequence)
    {
        lock (_lock)
        {
            if (!_lanes.TryGetValue(lane, out var known))
            {
                known = new Lane();
                _lanes.Add(lane, known);
            }

            Invariant.That(known.Assigned is not { } last || sequence > last, "INV-21", "A lane's sequence rises strictly.");
            known.Assigned = sequence;
            _touched.Add(known);
        }
    }

    /// <summary>Marks the assigned sequences as durable.</summary>
    public void Commit()
    {
        lock (_lock)
        {
            foreach (var lane in _touched)
            {
                lane.Durable = lane.Assigned;
            }

            _touched.Clear();
        }
    }

    /// <summary>Discards the positions assigned since the last commit.</summary>
    public void Rollback()
    {
        lock (_lock)
        {
            foreach (var lane in _touched)
            {
                lane.Assigned = lane.Durable;
            }

            _touched.Clear();
        }
    }

    /// <summary>Returns the durable sequences, ordered by lane.</summary>
    public LaneMark[] Marks()
    {
        lock (_lock)
        {
            return [.. _lanes
                .Where(lane => lane.Value.Durable is not null)
                .Select(lane => new LaneMark(lane.Key, lane.Value.Durable!.Value))
                .OrderBy(mark => mark.Lane)];
        }
    }

    private sealed class Lane
    {
        public LaneSequence? Durable { get; set; }

        public LaneSequence? Assigned { get; set; }
    }
}
