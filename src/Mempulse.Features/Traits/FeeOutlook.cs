using Mempulse.Primitives;

namespace Mempulse.Features.Traits;

/// <summary>The fees of the last blocks and of the next one.</summary>
/// <param name="Head">The canonical head.</param>
/// <param name="BaseFee">Its base fee.</param>
/// <param name="NextBaseFee">The base fee of the block after it (EIP-1559).</param>
/// <param name="OldestBaseFee">The base fee of the oldest of the last <see cref="TrendBlocks"/> blocks that is known.</param>
/// <param name="BlocksUndone">Number of blocks that reorgs undid among the last <see cref="TrendBlocks"/>.</param>
public readonly record struct FeeOutlook(BlockNumber Head, Wei BaseFee, Wei NextBaseFee, Wei OldestBaseFee, int BlocksUndone)
{
    /// <summary>Number of blocks that a trend is read from.</summary>
    public const int TrendBlocks = 32;
}
