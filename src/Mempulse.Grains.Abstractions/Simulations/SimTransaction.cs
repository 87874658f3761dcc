namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A raw transaction of a bundle.</summary>
/// <param name="Raw">The signed transaction (EIP-2718).</param>
/// <param name="MayRevert">True when the bundle continues if this transaction reverts or halts.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-transaction")]
public sealed record SimTransaction([property: Id(0)] ReadOnlyMemory<byte> Raw, [property: Id(1)] bool MayRevert);
