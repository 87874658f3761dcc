namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The instructions of a simulation on record.</summary>
/// <param name="Lines">Lines of JSON in UTF-8 (EIP-3155); null where there are none.</param>
/// <param name="Problem">Why there are none, in a sentence; empty where there are.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-steps")]
public sealed record SimSteps([property: Id(0)] ReadOnlyMemory<byte>? Lines, [property: Id(1)] string Problem);
