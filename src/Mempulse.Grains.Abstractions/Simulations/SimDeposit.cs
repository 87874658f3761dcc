using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A simulation to be put on record.</summary>
/// <param name="Fact">The fact, alone in a batch of lane "sim"; its place in the lane is given when it is recorded.</param>
/// <param name="Witness">What it depended on, encoded.</param>
/// <param name="Trace">Its trace.</param>
/// <param name="Steps">Its instructions; null where none are kept.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-deposit")]
public sealed record SimDeposit(
    [property: Id(0)] EventBatch Fact,
    [property: Id(1)] ReadOnlyMemory<byte> Witness,
    [property: Id(2)] ReadOnlyMemory<byte> Trace,
    [property: Id(3)] ReadOnlyMemory<byte>? Steps)
{
    /// <summary>The lane of simulations.</summary>
    public const string Lane = "sim";
}
