using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sources;

/// <summary>The transactions that a source announced and may still have, as the fold has them: those that wait, and those in blocks that a reorg can undo.</summary>
/// <param name="Source">The source.</param>
/// <param name="Transactions">The newest of them, at most 131,072: those in blocks first.</param>
[GenerateSerializer, Immutable, Alias("mempulse.held-transactions")]
public sealed record HeldTransactions([property: Id(0)] SourceId Source, [property: Id(1)] IReadOnlyList<Hash256> Transactions);
