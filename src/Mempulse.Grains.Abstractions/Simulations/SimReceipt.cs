namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The answer to a <see cref="SimDeposit"/>.</summary>
/// <param name="Sim">The simulation as it is on record; null when it is not.</param>
/// <param name="Problem">Why it is not, in a sentence; empty when it is.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-receipt")]
public sealed record SimReceipt([property: Id(0)] SimView? Sim, [property: Id(1)] string Problem);
