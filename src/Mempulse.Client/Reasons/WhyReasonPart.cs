namespace Mempulse.Client.Reasons;

/// <summary>One reason of an answer.</summary>
public sealed record WhyReasonPart
{
    /// <summary>The verdict in one word: docs/formats/why.md lists them.</summary>
    public required string Verdict { get; init; }

    /// <summary>How far it can be relied on: proof, strong, weak or not_derivable.</summary>
    public required string Strength { get; init; }

    /// <summary>The verdict in plain English.</summary>
    public required string Sentence { get; init; }

    /// <summary>Its numbers.</summary>
    public required IReadOnlyList<QuantityPart> Numbers { get; init; }

    /// <summary>The positions of the events that it rests on, in ascending order, at most 32: GET /events?after={seq - 1}&amp;limit=1.</summary>
    public required IReadOnlyList<ulong> Evidence { get; init; }

    /// <summary>Number of events that it rests on, listed or not.</summary>
    public required int EvidenceCount { get; init; }

    /// <summary>What would decide it, if it is not derivable; otherwise null.</summary>
    public string? WouldDecide { get; init; }
}
