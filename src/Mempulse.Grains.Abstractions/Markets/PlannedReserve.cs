using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Markets;

/// <summary>The contracts of a reserve; the zero address at a place without one.</summary>
/// <param name="Token">What is supplied and borrowed.</param>
/// <param name="Supply">The token of what is supplied.</param>
/// <param name="Debt">The token of what is owed.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-reserve")]
public sealed record PlannedReserve([property: Id(0)] Address Token, [property: Id(1)] Address Supply, [property: Id(2)] Address Debt);
