namespace Mempulse.Api.Observations;

/// <summary>What one source, or one lane as a whole, showed in a window.</summary>
public sealed record SharePart
{
    /// <summary>The source or lane by name, or a source by id while its name is not known.</summary>
    public required string Name { get; init; }

    /// <summary>Its lane.</summary>
    public required string Lane { get; init; }

    /// <summary>Its sightings, repeated ones too.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Transactions it showed before a block had them, each once.</summary>
    public required ulong Shown { get; init; }

    /// <summary>Of these, the ones it showed before any other.</summary>
    public required ulong Firsts { get; init; }

    /// <summary>Firsts of all that were first shown in the window, in percent with two decimals.</summary>
    public required decimal FirstSharePercent { get; init; }

    /// <summary>Sightings of what a block already had.</summary>
    public required ulong Late { get; init; }

    /// <summary>Included transactions that it had shown before.</summary>
    public required ulong Covered { get; init; }

    /// <summary>Included transactions that came while it could be heard.</summary>
    public required ulong Coverable { get; init; }

    /// <summary>Where it was first and a second one came: by how many microseconds.</summary>
    public required DistributionPart LeadMicros { get; init; }

    /// <summary>Where it was not first: how many microseconds behind the first.</summary>
    public required DistributionPart DelayMicros { get; init; }

    /// <summary>Of what it covered: how many microseconds before the block it had shown it.</summary>
    public required DistributionPart AheadMicros { get; init; }
}
