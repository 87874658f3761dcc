namespace Mempulse.Grains.Abstractions.Ranking;

/// <summary>What one feature contributes to a score.</summary>
/// <param name="Part">The part of the score.</param>
/// <param name="Points">What it adds to it.</param>
/// <param name="Text">The reason.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-score-reason")]
public sealed record TxScoreReason([property: Id(0)] string Part, [property: Id(1)] long Points, [property: Id(2)] string Text);
