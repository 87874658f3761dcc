using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Books;

/// <summary>A pool to hold against the chain.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Id">Which pool of the contract; the zero hash for a contract that is one pool.</param>
/// <param name="Cause">Why it differs, if it does.</param>
/// <param name="Slots">What its slots have to be.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-sample")]
public sealed record PlannedSample([property: Id(0)] Address Contract, [property: Id(1)] Hash256 Id, [property: Id(2)] DivergenceCause Cause, [property: Id(3)] IReadOnlyList<PlannedSlot> Slots);
