using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The code of a contract that a simulation read.</summary>
/// <param name="Hash">Keccak-256 of the code.</param>
/// <param name="Bytes">The code.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-code")]
public readonly record struct SimCode([property: Id(0)] Hash256 Hash, [property: Id(1)] ReadOnlyMemory<byte> Bytes);
