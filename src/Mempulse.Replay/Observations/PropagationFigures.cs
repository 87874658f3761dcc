using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>How transactions spread in a window of whole minutes, by source and by lane. Durations are microseconds of our clock.</summary>
public sealed record PropagationFigures
{
    /// <summary>Start of the window's oldest minute, inclusive.</summary>
    public required UnixNanoseconds From { get; init; }

    /// <summary>Time of the latest fact.</summary>
    public required UnixNanoseconds To { get; init; }

    /// <summary>Sightings by all observers.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Transactions announced for the first time.</summary>
    public required ulong Shown { get; init; }

    /// <summary>Transactions of the window's blocks.</summary>
    public required ulong Included { get; init; }

    /// <summary>Of these, the ones that no source had announced.</summary>
    public required ulong Unseen { get; init; }

    /// <summary>Transactions evicted before a block included them, because a bound was reached; if one is included later, it counts as unseen.</summary>
    public required ulong LetGo { get; init; }

    /// <summary>From the first sighting to the block.</summary>
    public required DelayFigures InclusionLatency { get; init; }

    /// <summary>Number of sightings of each included transaction: a distribution of counts.</summary>
    public required DelayFigures Heat { get; init; }

    /// <summary>By source, in order of lane and source.</summary>
    public required IReadOnlyList<ObserverFigures> Sources { get; init; }

    /// <summary>By lane.</summary>
    public required IReadOnlyList<ObserverFigures> Lanes { get; init; }
}
