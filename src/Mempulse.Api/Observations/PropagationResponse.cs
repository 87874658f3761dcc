namespace Mempulse.Api.Observations;

/// <summary>How transactions spread in a window of whole minutes.</summary>
public sealed record PropagationResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times are made, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>Start of the window, inclusive.</summary>
    public required string From { get; init; }

    /// <summary>The latest fact.</summary>
    public required string To { get; init; }

    /// <summary>Sightings by anybody.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Transactions shown for the first time.</summary>
    public required ulong Shown { get; init; }

    /// <summary>Transactions of the window's blocks.</summary>
    public required ulong Included { get; init; }

    /// <summary>Of these, the ones that nobody had shown.</summary>
    public required ulong Unseen { get; init; }

    /// <summary>Transactions let go before a block had them, for want of room; a later inclusion of one counts as unseen.</summary>
    public required ulong LetGo { get; init; }

    /// <summary>Microseconds from the first sighting to the block, as both reached us.</summary>
    public required DistributionPart InclusionLatencyMicros { get; init; }

    /// <summary>How often each included transaction had been shown.</summary>
    public required DistributionPart Heat { get; init; }

    /// <summary>By source.</summary>
    public required IReadOnlyList<SharePart> Sources { get; init; }

    /// <summary>By lane.</summary>
    public required IReadOnlyList<SharePart> Lanes { get; init; }
}
