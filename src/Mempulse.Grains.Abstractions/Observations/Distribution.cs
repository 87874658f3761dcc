namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>A distribution of lengths of time in microseconds, or of counts.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="P50">The least bound below which half of them are; 0 for none.</param>
/// <param name="P90">The same for nine of ten.</param>
/// <param name="P99">The same for 99 of 100.</param>
/// <param name="Bounds">Upper bounds, exclusive, of the buckets that are not empty, rising.</param>
/// <param name="Counts">How many values each of these buckets has.</param>
[GenerateSerializer, Immutable, Alias("mempulse.distribution")]
public sealed record Distribution(
    [property: Id(0)] ulong Count,
    [property: Id(1)] ulong P50,
    [property: Id(2)] ulong P90,
    [property: Id(3)] ulong P99,
    [property: Id(4)] IReadOnlyList<ulong> Bounds,
    [property: Id(5)] IReadOnlyList<ulong> Counts);
