namespace Mempulse.Grains.Abstractions.Ranking;

/// <summary>The risks and the score of a transaction at the state of the fold.</summary>
/// <param name="Flags">Every risk, present or not.</param>
/// <param name="Score">Its highest score; null if the profile gives it none.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-appraisal")]
public sealed record TxAppraisal([property: Id(0)] IReadOnlyList<TxFlag> Flags, [property: Id(1)] TxScore? Score);
