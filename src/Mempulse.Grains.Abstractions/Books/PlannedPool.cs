using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Books;

/// <summary>A pool that is to be read.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Id">Which pool of the contract; the zero hash for a contract that is one pool.</param>
/// <param name="Spacing">The distance of its ticks; 0 for a pair, which has none.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-pool")]
public sealed record PlannedPool([property: Id(0)] Address Contract, [property: Id(1)] Hash256 Id, [property: Id(2)] int Spacing);
