namespace Mempulse.Client.Observations;

/// <summary>The sightings of one source, or of one lane as a whole, in a window.</summary>
public sealed record SharePart
{
    /// <summary>The name of the source or lane, or the id of a source whose name is unknown.</summary>
    public required string Name { get; init; }

    /// <summary>Its lane.</summary>
    public required string Lane { get; init; }

    /// <summary>Its sightings, including repeated ones.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Transactions it reported before a block included them, each once.</summary>
    public required ulong Reported { get; init; }

    /// <summary>Of these, the ones it reported before any other.</summary>
    public required ulong Firsts { get; init; }

    /// <summary>Its share of the first sightings in the window, in percent with two decimals.</summary>
    public required decimal FirstSharePercent { get; init; }

    /// <summary>Sightings of transactions that a block already included.</summary>
    public required ulong Late { get; init; }

    /// <summary>Included transactions that it had reported before.</summary>
    public required ulong Covered { get; init; }

    /// <summary>Included transactions that appeared while it was connected.</summary>
    public required ulong Coverable { get; init; }

    /// <summary>Its lead in microseconds, where it was first and a second source followed.</summary>
    public required DistributionPart LeadMicros { get; init; }

    /// <summary>Its delay in microseconds, where it was not first.</summary>
    public required DistributionPart DelayMicros { get; init; }

    /// <summary>Microseconds from its sighting to the block, for the transactions it covered.</summary>
    public required DistributionPart AheadMicros { get; init; }
}
