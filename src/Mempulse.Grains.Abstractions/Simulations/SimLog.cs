using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A log of a simulated transaction.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-log")]
public sealed record SimLog(
    [property: Id(0)] Address Address, [property: Id(1)] IReadOnlyList<Hash256> Topics, [property: Id(2)] ReadOnlyMemory<byte> Data);
