using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>The figures of one source, or of one lane as a whole, in a window. Durations are microseconds of our clock.</summary>
public sealed record ObserverFigures
{
    /// <summary>The source; <c>default</c> for a lane as a whole.</summary>
    public required SourceId Source { get; init; }

    /// <summary>Name of the source or of the lane; empty when it is not recorded.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the lane; empty when it is not recorded.</summary>
    public required string Lane { get; init; }

    /// <summary>Sightings, each announcement counted.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Distinct transactions that it announced before a block included them.</summary>
    public required ulong Shown { get; init; }

    /// <summary>Of these, the ones that no other observer of its kind had announced before.</summary>
    public required ulong Firsts { get; init; }

    /// <summary>Sightings of transactions that a block already included.</summary>
    public required ulong Late { get; init; }

    /// <summary>Transactions of the window's blocks that it had announced before.</summary>
    public required ulong Covered { get; init; }

    /// <summary>Transactions of the window's blocks that arrived while it was connected.</summary>
    public required ulong Coverable { get; init; }

    /// <summary>Where it was first and a second one followed: its lead.</summary>
    public required DelayFigures Lead { get; init; }

    /// <summary>Where it was not first: the delay after the first.</summary>
    public required DelayFigures Delay { get; init; }

    /// <summary>For the covered transactions: how long before the block it had announced them.</summary>
    public required DelayFigures Ahead { get; init; }
}
