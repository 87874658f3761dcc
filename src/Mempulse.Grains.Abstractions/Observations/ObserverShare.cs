using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>The sightings of one source, or of one lane as a whole, in a window.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.observer-share")]
public sealed record ObserverShare
{
    /// <summary>The source; <c>default</c> for a lane.</summary>
    [Id(0)]
    public required SourceId Source { get; init; }

    /// <summary>The name of the source or lane.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Its lane.</summary>
    [Id(2)]
    public required string Lane { get; init; }

    /// <summary>Its sightings, including repeated ones.</summary>
    [Id(3)]
    public required ulong Sightings { get; init; }

    /// <summary>Transactions it reported before a block included them, each counted once.</summary>
    [Id(4)]
    public required ulong Shown { get; init; }

    /// <summary>Of these, the ones it reported before any other.</summary>
    [Id(5)]
    public required ulong Firsts { get; init; }

    /// <summary>Sightings of transactions that a block already included.</summary>
    [Id(6)]
    public required ulong Late { get; init; }

    /// <summary>Included transactions that it had reported before.</summary>
    [Id(7)]
    public required ulong Covered { get; init; }

    /// <summary>Included transactions that appeared while it was connected.</summary>
    [Id(8)]
    public required ulong Coverable { get; init; }

    /// <summary>Its lead, where it was first and another followed.</summary>
    [Id(9)]
    public required Distribution Lead { get; init; }

    /// <summary>Its delay, where it was not first.</summary>
    [Id(10)]
    public required Distribution Delay { get; init; }

    /// <summary>The time from its sighting to the block, for the transactions it covered.</summary>
    [Id(11)]
    public required Distribution Ahead { get; init; }
}
