using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>What a node said about a transaction when it was asked. Nothing proves it.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Says">Absent, Pending, Included, Refused or Unreachable.</param>
/// <param name="Block">The block that it named; null unless it said Included.</param>
/// <param name="Number">The height of that block.</param>
/// <param name="Detail">Why it did not answer, in a sentence; empty if it did.</param>
[GenerateSerializer, Immutable, Alias("mempulse.node-statement")]
public sealed record NodeStatement(
    [property: Id(0)] string Node,
    [property: Id(1)] string Says,
    [property: Id(2)] Hash256? Block,
    [property: Id(3)] BlockNumber Number,
    [property: Id(4)] string Detail);
