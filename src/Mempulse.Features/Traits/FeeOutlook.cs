using Mempulse.Ethereum.Forks;
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

    /// <summary>What the base fee falls to at most in the block after the next one: the next one would be empty.</summary>
    public Wei LowestBaseFeeAfterNext => new(Eip1559.NextBaseFee(NextBaseFee.Value, gasUsed: 0, gasLimit: Eip1559.ElasticityMultiplier));
}
