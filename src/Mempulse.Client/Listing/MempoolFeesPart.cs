namespace Mempulse.Client.Listing;

/// <summary>Number of waiting transactions by how their fee cap stands to the base fee of the next block.</summary>
/// <param name="Next">At least the next base fee.</param>
/// <param name="Near">Less, but at least what the base fee falls to with one empty block: 12.5 % less.</param>
/// <param name="Below">Less than that.</param>
/// <param name="Unknown">The body, or the base fee, is not known.</param>
public sealed record MempoolFeesPart(int Next, int Near, int Below, int Unknown);
