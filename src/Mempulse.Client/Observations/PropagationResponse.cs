namespace Mempulse.Client.Observations;

/// <summary>How transactions spread in a window of whole minutes.</summary>
public sealed record PropagationResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times are synthetic, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>Start of the window, inclusive.</summary>
    public required string From { get; init; }

    /// <summary>The time of the latest fact.</summary>
    public required string To { get; init; }

    /// <summary>Sightings by all sources.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Transactions reported for the first time.</summary>
    public required ulong NewTransactions { get; init; }

    /// <summary>Transactions in the window's blocks.</summary>
    public required ulong Included { get; init; }

    /// <summary>Of these, the ones that no source had reported.</summary>
    public required ulong Unseen { get; init; }

    /// <summary>Transactions evicted before a block included them, for lack of room; a later inclusion counts as unseen.</summary>
    public required ulong Evicted { get; init; }

    /// <summary>Microseconds from the first sighting to the block, both as received here.</summary>
    public required DistributionPart InclusionLatencyMicros { get; init; }

    /// <summary>Sightings of each included transaction before its block.</summary>
    public required DistributionPart Heat { get; init; }

    /// <summary>By source.</summary>
    public required IReadOnlyList<SharePart> Sources { get; init; }

    /// <summary>By lane.</summary>
    public required IReadOnlyList<SharePart> Lanes { get; init; }
}
