using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>A transaction of a bundle as it was simulated.</summary>
/// <param name="GasUsed">The gas that it used.</param>
/// <param name="Output">What its call returned.</param>
public sealed record SimulatedPart(Gas GasUsed, ReadOnlyMemory<byte> Output);
