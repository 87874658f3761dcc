using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>A canonical block as the fold holds it.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="ParentHash">The block before it; the zero hash for the last final one, whose parent is not kept.</param>
public readonly record struct ChainBlock(BlockNumber Number, Hash256 Hash, Hash256 ParentHash)
{
    /// <summary>True when the block has transactions whose receipts are not on record. Stated by <see cref="IMempoolView.CanonicalBlocks"/> only.</summary>
    public bool LacksReceipts { get; init; }
}
