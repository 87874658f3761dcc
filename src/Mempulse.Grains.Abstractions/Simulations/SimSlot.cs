using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A storage slot and its value, 32 bytes each.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-slot")]
public readonly record struct SimSlot([property: Id(0)] Hash256 Key, [property: Id(1)] Hash256 Value);
