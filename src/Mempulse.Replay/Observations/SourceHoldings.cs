using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>The waiting transactions that a source announced and has not let go of.</summary>
/// <param name="Source">The source; never a peer, which cannot tell when it lets go.</param>
/// <param name="Waiting">The transactions, the oldest first.</param>
public sealed record SourceHoldings(SourceId Source, IReadOnlyList<Hash256> Waiting);
