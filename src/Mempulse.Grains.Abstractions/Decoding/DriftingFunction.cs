using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Decoding;

/// <summary>A function whose decoded amounts are not certain.</summary>
/// <param name="Contract">The contract; the zero account for contracts that are known by the selector alone.</param>
/// <param name="Layout">The ABI or command table that it is read by.</param>
/// <param name="Signature">The function.</param>
[GenerateSerializer, Immutable, Alias("mempulse.drifting-function")]
public sealed record DriftingFunction([property: Id(0)] Address Contract, [property: Id(1)] string Layout, [property: Id(2)] string Signature);
