using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>Who observes: a source in a lane, for one endpoint may feed two lanes that come and go apart; or a lane as a whole, with the source <c>default</c>.</summary>
internal readonly record struct ObserverKey(SourceId Source, LaneId Lane) : IComparable<ObserverKey>
{
    /// <summary>True for a lane as a whole.</summary>
    public bool IsLane => Source == default;

    /// <summary>By lane, then by source.</summary>
    public int CompareTo(ObserverKey other) => Lane != other.Lane ? Lane.CompareTo(other.Lane) : Source.CompareTo(other.Source);
}
