namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The steps of a recorded simulation.</summary>
/// <param name="Lines">JSON lines in UTF-8 (EIP-3155); null if the steps are unavailable.</param>
/// <param name="Problem">Why the steps are unavailable, in a sentence; otherwise empty.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-steps")]
public sealed record SimSteps([property: Id(0)] ReadOnlyMemory<byte>? Lines, [property: Id(1)] string Problem);
