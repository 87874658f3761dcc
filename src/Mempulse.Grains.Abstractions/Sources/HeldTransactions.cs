using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sources;

/// <summary>The waiting transactions that a source announced and still has, as the fold has them.</summary>
/// <param name="Source">The source.</param>
/// <param name="Waiting">The newest of them, at most 131,072, the oldest first.</param>
[GenerateSerializer, Immutable, Alias("mempulse.held-transactions")]
public sealed record HeldTransactions([property: Id(0)] SourceId Source, [property: Id(1)] IReadOnlyList<Hash256> Waiting);
