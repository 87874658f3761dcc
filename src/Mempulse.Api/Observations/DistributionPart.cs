namespace Mempulse.Api.Observations;

/// <summary>A distribution: counts in buckets a quarter of a doubling wide, and what follows from them.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="P50">The least bound below which half of them are; 0 for none.</param>
/// <param name="P90">The same for nine of ten.</param>
/// <param name="P99">The same for 99 of 100.</param>
/// <param name="Buckets">The buckets that are not empty, rising.</param>
public sealed record DistributionPart(ulong Count, ulong P50, ulong P90, ulong P99, IReadOnlyList<BucketPart> Buckets);
