namespace Mempulse.Features.Scoring;

/// <summary>What one feature contributes to a score.</summary>
/// <param name="Part">The part of the score.</param>
/// <param name="Points">What it adds to that part, in the unit of the part; negative if it lowers it.</param>
/// <param name="Text">The reason in words and numbers, without a full stop.</param>
public sealed record ScoreReason(ScorePart Part, long Points, string Text);
