using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>A chain that was left beyond finality: a restarted development chain, or a reorg deeper than confirmations.</summary>
/// <param name="At">When this was observed.</param>
/// <param name="OldHead">The head of the abandoned chain.</param>
/// <param name="OldNumber">Its height.</param>
/// <param name="NewHead">The head of the chain that replaced it.</param>
/// <param name="NewNumber">Its height.</param>
/// <param name="CommonAncestor">Height of the last block both chains share; null when it is not known.</param>
public sealed record AbandonedChain(
    UnixNanoseconds At, Hash256 OldHead, BlockNumber OldNumber, Hash256 NewHead, BlockNumber NewNumber, BlockNumber? CommonAncestor)
{
    /// <summary>True if a block is on the abandoned chain.</summary>
    /// <param name="number">Its height.</param>
    /// <param name="observedAt">When it was observed.</param>
    public bool Contains(BlockNumber number, UnixNanoseconds observedAt) => observedAt <= At && !(number <= CommonAncestor);
}
