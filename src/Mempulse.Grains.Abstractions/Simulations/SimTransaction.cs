namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A raw transaction of a bundle.</summary>
/// <param name="Raw">As it travels (EIP-2718).</param>
/// <param name="MayRevert">True when the bundle goes on where it reverts or halts.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-transaction")]
public sealed record SimTransaction([property: Id(0)] ReadOnlyMemory<byte> Raw, [property: Id(1)] bool MayRevert);
