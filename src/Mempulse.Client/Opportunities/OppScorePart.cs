namespace Mempulse.Client.Opportunities;

/// <summary>A score and its parts. The scorer says what they mean.</summary>
/// <param name="Total">The score by which it ranks.</param>
/// <param name="Urgency">How much is lost by waiting.</param>
/// <param name="Worth">What is to be gained at most.</param>
/// <param name="Risk">How likely it comes to nothing.</param>
/// <param name="Extractor">The extractor of the features, with its version.</param>
/// <param name="Scorer">The scorer, with its version.</param>
public sealed record OppScorePart(long Total, long Urgency, long Worth, long Risk, string Extractor, string Scorer);
