using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>An observer's key: a source in a lane, since one endpoint may feed two lanes, or a lane as a whole, with the source <c>default</c>.</summary>
internal readonly record struct ObserverKey(SourceId Source, LaneId Lane) : IComparable<ObserverKey>
{
    /// <summary>True for a lane as a whole.</summary>
    public bool IsLane => Source == default;

    /// <summary>By lane, then by source.</summary>
    public int CompareTo(ObserverKey other) => Lane != other.Lane ? Lane.CompareTo(other.Lane) : Source.CompareTo(other.Source);
}
