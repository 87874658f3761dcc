namespace Mempulse.Api.Observations;

/// <summary>What could not be seen in a stretch of time.</summary>
public sealed record GapsResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times are made, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>Start of the stretch.</summary>
    public required string From { get; init; }

    /// <summary>End of the stretch.</summary>
    public required string To { get; init; }

    /// <summary>From here on no gap is missing in this answer; before, nothing was recorded or older gaps were let go.</summary>
    public required string CompleteSince { get; init; }

    /// <summary>True when in some of it nobody could be heard.</summary>
    public required bool Blind { get; init; }

    /// <summary>The gaps that overlap it, by start.</summary>
    public required IReadOnlyList<GapPart> Gaps { get; init; }

    /// <summary>True when there are more than are listed; the newest are.</summary>
    public required bool Cut { get; init; }
}
