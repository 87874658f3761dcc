namespace Mempulse.Client.Ranking;

/// <summary>A score and what it is made of. By the profile expected-value: value and total in gwei, urgency and risk in basis points.</summary>
public sealed record ScoredPart
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The versions of the profile's extractor and scorer.</summary>
    public required string Version { get; init; }

    /// <summary>Which of several scores of the transaction it is; null for the only one.</summary>
    public string? Label { get; init; }

    /// <summary>The score.</summary>
    public required long Total { get; init; }

    /// <summary>How much is lost by waiting.</summary>
    public required long Urgency { get; init; }

    /// <summary>What is to be gained at most.</summary>
    public required long Value { get; init; }

    /// <summary>How likely it comes to nothing.</summary>
    public required long Risk { get; init; }

    /// <summary>What the parts come from.</summary>
    public required IReadOnlyList<ReasonPart> Reasons { get; init; }
}
