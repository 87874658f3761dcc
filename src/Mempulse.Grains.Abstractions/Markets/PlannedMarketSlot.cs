using Mempulse.Grains.Abstractions.Books;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Markets;

/// <summary>What a slot of one of a market's contracts has to be.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Slot">The slot, with what it has to be.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-market-slot")]
public sealed record PlannedMarketSlot([property: Id(0)] Address Contract, [property: Id(1)] PlannedSlot Slot);
