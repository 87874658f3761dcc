using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>What one source, or one lane as a whole, showed in a window.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.observer-share")]
public sealed record ObserverShare
{
    /// <summary>The source; <c>default</c> for a lane.</summary>
    [Id(0)]
    public required SourceId Source { get; init; }

    /// <summary>Its name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Its lane.</summary>
    [Id(2)]
    public required string Lane { get; init; }

    /// <summary>Its sightings.</summary>
    [Id(3)]
    public required ulong Sightings { get; init; }

    /// <summary>Transactions it showed before a block had them.</summary>
    [Id(4)]
    public required ulong Shown { get; init; }

    /// <summary>Of these, the ones it showed first.</summary>
    [Id(5)]
    public required ulong Firsts { get; init; }

    /// <summary>Sightings of what a block already had.</summary>
    [Id(6)]
    public required ulong Late { get; init; }

    /// <summary>Included transactions it had shown before.</summary>
    [Id(7)]
    public required ulong Covered { get; init; }

    /// <summary>Included transactions that came while it could be heard.</summary>
    [Id(8)]
    public required ulong Coverable { get; init; }

    /// <summary>By how much it was first.</summary>
    [Id(9)]
    public required Distribution Lead { get; init; }

    /// <summary>How far behind the first it was.</summary>
    [Id(10)]
    public required Distribution Delay { get; init; }

    /// <summary>How long before the block it had shown what it covered.</summary>
    [Id(11)]
    public required Distribution Ahead { get; init; }
}
