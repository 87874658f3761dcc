namespace Mempulse.Client.Reasons;

/// <summary>Why something is as it is.</summary>
public sealed record WhyResponse
{
    /// <summary>What was asked about: transaction.</summary>
    public required string Subject { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>Its state; Unknown if no event names it.</summary>
    public required string State { get; init; }

    /// <summary>The state and the main reason in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The position that the answer holds for: `mempulse why --at` gives the same answer for it.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The time of the latest observation up to there.</summary>
    public required string AsOfTime { get; init; }

    /// <summary>The reasons, the main one first.</summary>
    public required IReadOnlyList<WhyReasonPart> Reasons { get; init; }

    /// <summary>True when there are more events, blocks or gaps than one answer reads.</summary>
    public required bool Truncated { get; init; }
}
