using Mempulse.Primitives;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Audits;

/// <summary>EIP-1559 fees at the base fee of a block. https://eips.ethereum.org/EIPS/eip-1559</summary>
internal static class AuditFees
{
    /// <summary>True if a transaction may be in a block with this base fee.</summary>
    public static bool Covers(in TxFees fees, in UInt256 baseFee) => baseFee <= fees.MaxFee;

    /// <summary>The tip per gas that it pays; zero if it does not cover the base fee.</summary>
    public static UInt256 TipOf(in TxFees fees, in UInt256 baseFee)
    {
        if (!Covers(fees, baseFee))
        {
            return UInt256.Zero;
        }

        var rest = fees.MaxFee - baseFee;
        return fees.MaxPriorityFee < rest ? fees.MaxPriorityFee : rest;
    }
}
