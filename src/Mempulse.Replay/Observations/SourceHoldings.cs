using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>The transactions that a source announced and may still have: those that wait, and those in blocks that a reorg can undo.</summary>
/// <param name="Source">The source; never a peer, whose pool cannot be checked.</param>
/// <param name="Transactions">The transactions: those in blocks first, then those that wait, the oldest first.</param>
public sealed record SourceHoldings(SourceId Source, IReadOnlyList<Hash256> Transactions);
