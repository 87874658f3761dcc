using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>A block that is canonical in the log.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="ParentHash">The block before it.</param>
public readonly record struct SeenBlock(BlockNumber Number, Hash256 Hash, Hash256 ParentHash)
{
    /// <summary>True when the block has transactions whose receipts are not on record. Set for <see cref="BlockFollowerOptions.ResumeFrom"/> only.</summary>
    public bool LacksReceipts { get; init; }
}
