using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Lanes;

/// <summary>The last position of every lane: what makes an append idempotent.</summary>
/// <remarks>The writer assigns positions and then commits or takes them back; any thread may ask for the durable ones.</remarks>
internal sealed class LaneTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LaneId, Lane> _lanes = [];
    private readonly List<Lane> _touched = [];

    /// <summary>Starts from the marks of a segment header.</summary>
    public LaneTable(IEnumerable<LaneMark> durable)
    {
        foreach (var mark in durable)
        {
            _lanes.Add(mark.Lane, new Lane { Durable = mark.Last, Assigned = mark.Last });
        }
    }

    /// <summary>The last durable position of a lane, or null if it has none.</summary>
    public LanePosition? LastDurable(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue(lane, out var known) ? known.Durable : null;
        }
    }

    /// <summary>The last position given to a lane, durable or in flight.</summary>
    public LanePosition? LastAssigned(LaneId lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue(lane, out var known) ? known.Assigned : null;
        }
    }

    /// <summary>Raises a lane's position until <see cref="Commit"/> or <see cref="TakeBack"/>.</summary>
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

    /// <summary>What was assigned is durable.</summary>
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

    /// <summary>What was assigned since the last commit was not written.</summary>
    public void TakeBack()
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

    /// <summary>The durable positions, ordered by lane.</summary>
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
