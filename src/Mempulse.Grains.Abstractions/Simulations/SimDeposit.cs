using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A simulation to record.</summary>
/// <param name="Fact">The fact, alone in a batch of lane "sim". Its sequence in the lane is assigned when it is recorded.</param>
/// <param name="Witness">The encoded witness.</param>
/// <param name="Trace">The trace.</param>
/// <param name="Steps">The steps; null when none are kept.</param>
/// <param name="BundleBytes">The bytes of the bundle that was simulated; null for none.</param>
/// <param name="Codes">The codes that the witness names.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-deposit")]
public sealed record SimDeposit(
    [property: Id(0)] EventBatch Fact,
    [property: Id(1)] ReadOnlyMemory<byte> Witness,
    [property: Id(2)] ReadOnlyMemory<byte> Trace,
    [property: Id(3)] ReadOnlyMemory<byte>? Steps,
    [property: Id(4)] ReadOnlyMemory<byte>? BundleBytes,
    [property: Id(5)] IReadOnlyList<SimCode> Codes)
{
    /// <summary>The lane of simulations.</summary>
    public const string Lane = "sim";
}
