using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.NonceChains;

/// <summary>What a transaction must bid to take the nonce of a waiting one.</summary>
public static class ReplacementPrice
{
    private const ulong Percent = 100;

    /// <summary>A fee that is multiplied by any percentage within 64 bits.</summary>
    private const ulong MaxSmallFee = ulong.MaxValue / (uint.MaxValue + Percent);

    /// <summary>The least fee, in wei per gas, that replaces a fee cap or a tip; null if no fee does.</summary>
    /// <param name="fee">The fee cap or tip of the waiting transaction.</param>
    /// <param name="isBlob">True if it is a blob transaction, which only another one replaces.</param>
    /// <param name="parameters">The bump and its arithmetic.</param>
    public static Wei? LeastBid(Wei fee, bool isBlob, FoldParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        uint bump = isBlob ? parameters.BlobFeeBumpPercent : parameters.FeeBumpPercent;
        if (fee.Value.FitsUInt64 && fee.Value.LowUInt64 <= MaxSmallFee && parameters.FeeBumpRule == FeeBumpRule.WholeNumbers)
        {
            return new Wei(Math.Max(fee.Value.LowUInt64 * (Percent + bump) / Percent, fee.Value.LowUInt64 + 1));
        }

        if (!UInt256.TryMultiplyDivide(fee.Value, Percent + bump, Percent, out var least, out var rest))
        {
            return null;
        }

        bool isExact = parameters.FeeBumpRule == FeeBumpRule.ExactFraction;
        if (isExact ? !rest.IsZero : least <= fee.Value)
        {
            least = UInt256.Add(isExact ? least : fee.Value, UInt256.One, out bool isOutOfReach);
            return isOutOfReach ? null : new Wei(least);
        }

        return new Wei(least);
    }
}
