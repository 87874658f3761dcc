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

    /// <summary>Returns the last durable position of a lane, or null if it has none.</summary>
    public LanePosition? LastDurable(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue(lane, out var known) ? known.Durable : null;
        }
    }

    /// <summary>Returns the last position assigned to a lane, durable or in flight; null if it has none.</summary>
    public LanePosition? LastAssigned(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue(lane, out var known) ? known.Assigned : null;
        }
    }

    /// <summary>Raises a lane's position, pending <see cref="Commit"/> or <see cref="Rollback"/>.</summary>
    public void Assign(LaneId lane, LanePosition position)
    {
        lock (_lock)
        {
            if (!_lanes.TryGetValue(lane, out var known))
            {
                known = new Lane();
                _lanes.Add(lane, known);
            }

            Invariant.That(known.Assigned is not { } last || position > last, "INV-21", "A lane's position rises strictly.");
            known.Assigned = position;
            _touched.Add(known);
        }
    }

    /// <summary>Marks the assigned positions as durable.</summary>
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

    /// <summary>Returns the durable positions, ordered by lane.</summary>
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
        public LanePosition? Durable { get; set; }

        public LanePosition? Assigned { get; set; }
    }
}
