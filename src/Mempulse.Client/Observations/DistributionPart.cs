namespace Mempulse.Client.Observations;

/// <summary>A distribution: counts in buckets of a quarter of a doubling, and percentiles computed from them.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="P50">The lowest bound with half of the values below it; 0 without values.</param>
/// <param name="P90">The same for 90 percent.</param>
/// <param name="P99">The same for 99 percent.</param>
/// <param name="Buckets">The non-empty buckets, in ascending order.</param>
public sealed record DistributionPart(ulong Count, ulong P50, ulong P90, ulong P99, IReadOnlyList<BucketPart> Buckets);
