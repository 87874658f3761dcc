using Mempulse.Primitives;

namespace Mempulse.Features.Reasons;

/// <summary>What a transaction pays the builder of a block. <see href="https://eips.ethereum.org/EIPS/eip-1559"/></summary>
internal static class FeeMath
{
    /// <summary>The tip per gas: the smaller of its cap and what the fee cap leaves above the base fee; zero when it leaves nothing.</summary>
    public static UInt256 Tip(in UInt256 maxFee, in UInt256 maxTip, in UInt256 baseFee)
    {
        if (maxFee <= baseFee)
        {
            return UInt256.Zero;
        }

        var left = maxFee - baseFee;
        return left < maxTip ? left : maxTip;
    }
}
