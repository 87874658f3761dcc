using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>What one source, or one lane as a whole, showed in a window. Lengths of time are microseconds of our clock.</summary>
public sealed record ObserverFigures
{
    /// <summary>The source; <c>default</c> for a lane as a whole.</summary>
    public required SourceId Source { get; init; }

    /// <summary>Its name, or that of the lane; empty when it is not on record.</summary>
    public required string Name { get; init; }

    /// <summary>The lane by name; empty when it is not on record.</summary>
    public required string Lane { get; init; }

    /// <summary>Sightings, each time it showed something.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Transactions that it showed before a block had them, each once.</summary>
    public required ulong Shown { get; init; }

    /// <summary>Of these, the ones that no other of its kind had shown before.</summary>
    public required ulong Firsts { get; init; }

    /// <summary>Sightings of what a block already had.</summary>
    public required ulong Late { get; init; }

    /// <summary>Transactions of the window's blocks that it had shown before.</summary>
    public required ulong Covered { get; init; }

    /// <summary>Transactions of the window's blocks that came while it could be heard.</summary>
    public required ulong Coverable { get; init; }

    /// <summary>Where it was first and a second one came: by how much.</summary>
    public required DelayFigures Lead { get; init; }

    /// <summary>Where it was not first: how far behind the first.</summary>
    public required DelayFigures Delay { get; init; }

    /// <summary>Of what it covered: how long before the block it had shown it.</summary>
    public required DelayFigures Ahead { get; init; }
}
