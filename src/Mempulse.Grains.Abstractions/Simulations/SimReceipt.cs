namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The answer to a <see cref="SimDeposit"/>.</summary>
/// <param name="Sim">The recorded simulation; null when it was not recorded.</param>
/// <param name="Problem">Why it was not recorded, in a sentence; empty when it was.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-receipt")]
public sealed record SimReceipt([property: Id(0)] SimView? Sim, [property: Id(1)] string Problem);
