namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>A distribution of durations in microseconds, or of counts.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="P50">The lowest bound with half of the values below it; 0 without values.</param>
/// <param name="P90">The same for 90 percent.</param>
/// <param name="P99">The same for 99 percent.</param>
/// <param name="Bounds">The exclusive upper bounds of the non-empty buckets, in ascending order.</param>
/// <param name="Counts">The number of values in each of these buckets.</param>
[GenerateSerializer, Immutable, Alias("mempulse.distribution")]
public sealed record Distribution(
    [property: Id(0)] ulong Count,
    [property: Id(1)] ulong P50,
    [property: Id(2)] ulong P90,
    [property: Id(3)] ulong P99,
    [property: Id(4)] IReadOnlyList<ulong> Bounds,
    [property: Id(5)] IReadOnlyList<ulong> Counts);
