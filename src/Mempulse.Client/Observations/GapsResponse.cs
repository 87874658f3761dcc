namespace Mempulse.Client.Observations;

/// <summary>The gaps in a time range.</summary>
public sealed record GapsResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times are synthetic, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>Start of the range.</summary>
    public required string From { get; init; }

    /// <summary>End of the range.</summary>
    public required string To { get; init; }

    /// <summary>From here on the answer has every gap; before, nothing was recorded or older gaps were evicted.</summary>
    public required string CompleteSince { get; init; }

    /// <summary>True when every gap of the range is known: it starts at or after <see cref="CompleteSince"/>.</summary>
    public required bool Complete { get; init; }

    /// <summary>True when no source was connected, or nothing could be recorded, in some part of it; also where nothing is known, before <see cref="CompleteSince"/>.</summary>
    public required bool Blind { get; init; }

    /// <summary>The gaps that overlap the range, by start.</summary>
    public required IReadOnlyList<GapPart> Gaps { get; init; }

    /// <summary>True when there are more gaps; the newest are listed.</summary>
    public required bool Cut { get; init; }
}
