namespace Mempulse.Grains.Abstractions.Ranking;

/// <summary>A score of a transaction and what it is made of, in the units of its profile.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-score")]
public sealed record TxScore
{
    /// <summary>The profile.</summary>
    [Id(0)]
    public required string Profile { get; init; }

    /// <summary>The versions of the profile's extractor and scorer.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>Which of several scores of the transaction it is; empty for the only one.</summary>
    [Id(2)]
    public required string Label { get; init; }

    /// <summary>How much is lost by waiting.</summary>
    [Id(3)]
    public required long Urgency { get; init; }

    /// <summary>What is to be gained at most.</summary>
    [Id(4)]
    public required long Value { get; init; }

    /// <summary>How likely it comes to nothing.</summary>
    [Id(5)]
    public required long Risk { get; init; }

    /// <summary>The score.</summary>
    [Id(6)]
    public required long Total { get; init; }

    /// <summary>What the parts come from.</summary>
    [Id(7)]
    public required IReadOnlyList<TxScoreReason> Reasons { get; init; }
}
