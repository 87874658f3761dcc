using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Books;

/// <summary>What a slot has to be, in the bits that are known.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Bits">The bits that are known, from the lowest on.</param>
/// <param name="Value">Their value.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-slot")]
public sealed record PlannedSlot([property: Id(0)] UInt256 Slot, [property: Id(1)] int Bits, [property: Id(2)] UInt256 Value);
