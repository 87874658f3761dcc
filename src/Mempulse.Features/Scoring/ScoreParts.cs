namespace Mempulse.Features.Scoring;

/// <summary>A score and what it is made of, in the units of the <see cref="IScorer"/> that gave it.</summary>
/// <param name="Urgency">How much is lost by waiting. By <see cref="ExpectedValueScorer"/>: basis points, from 0 to 10,000.</param>
/// <param name="Value">What is to be gained at most. By <see cref="ExpectedValueScorer"/>: gwei, from 0; larger values than fit count as the largest.</param>
/// <param name="Risk">How likely it comes to nothing. By <see cref="ExpectedValueScorer"/>: basis points, from 0 to 10,000.</param>
/// <param name="Total">The score. By <see cref="ExpectedValueScorer"/>: gwei, the value less its risk and more for its urgency.</param>
public readonly record struct ScoreParts(long Urgency, long Value, long Risk, long Total);
