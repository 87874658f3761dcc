using Mempulse.Primitives;

namespace Mempulse.Features.Reasons;

/// <summary>What a transaction in a block bid.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="MaxFeePerGas">Its cap on the fee per gas.</param>
/// <param name="MaxPriorityFeePerGas">Its cap on the tip per gas.</param>
public readonly record struct IncludedBid(Hash256 Hash, Wei MaxFeePerGas, Wei MaxPriorityFeePerGas)
{
    /// <summary>What it pays the block's builder per gas; zero if it does not pay the base fee.</summary>
    public UInt256 TipOver(in UInt256 baseFee) => FeeMath.Tip(MaxFeePerGas.Value, MaxPriorityFeePerGas.Value, baseFee);
}
