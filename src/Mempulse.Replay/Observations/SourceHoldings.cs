using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>The waiting transactions that a source announced and still has.</summary>
/// <param name="Source">The source; never a peer, whose pool cannot be checked.</param>
/// <param name="Waiting">The transactions, the oldest first.</param>
public sealed record SourceHoldings(SourceId Source, IReadOnlyList<Hash256> Waiting);
