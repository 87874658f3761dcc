namespace Mempulse.Features.Scoring;

/// <summary>A score with the reasons for it.</summary>
/// <param name="Row">The score.</param>
/// <param name="Reasons">What each part comes from.</param>
public sealed record ScoredTx(RankedTx Row, IReadOnlyList<ScoreReason> Reasons);
