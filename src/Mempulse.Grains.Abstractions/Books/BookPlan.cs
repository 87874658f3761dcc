using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Books;

/// <summary>What is to be read of the chain's pools now.</summary>
/// <param name="Head">The block at which it is to be read: the last one whose events the book has.</param>
/// <param name="Number">Its height.</param>
/// <param name="Wanted">Pools whose state is not known.</param>
/// <param name="Samples">Pools whose state is to be held against the chain's.</param>
[GenerateSerializer, Immutable, Alias("mempulse.book-plan")]
public sealed record BookPlan(
    [property: Id(0)] Hash256 Head, [property: Id(1)] BlockNumber Number, [property: Id(2)] IReadOnlyList<PlannedPool> Wanted, [property: Id(3)] IReadOnlyList<PlannedSample> Samples);
