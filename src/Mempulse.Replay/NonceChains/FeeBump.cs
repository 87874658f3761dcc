using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.NonceChains;

/// <summary>Decides whether a new transaction outbids the one that holds its nonce.</summary>
/// <remarks>
/// <para>
/// The arithmetic is geth's: list.Add in core/txpool/legacypool/list.go and validateTx in core/txpool/blobpool/blobpool.go. Fee cap and tip
/// must each be higher than the old one and reach old * (100 + bump) / 100, rounded down to whole wei; between blob transactions the blob fee
/// cap too, with the blob bump. The gas price of an older type counts as both. An account's blob transactions exclude its others from the
/// pool and the reverse (geth: an address is reserved by one sub-pool; reth: ExistingConflictingTransactionType), so neither outbids the
/// other.
/// </para>
/// <para>
/// reth (ValidPoolTransaction::is_underpriced) has the same thresholds, but accepts an equal fee where rounding makes the threshold equal
/// (below 10 wei at 10 %), and does not compare tips when one of them is zero. Such a replacement is the loser here.
/// </para>
/// </remarks>
internal static class FeeBump
{
    public static bool Outbids(in TxFees standing, TxType standingType, in TxFees newcomer, TxType newcomerType, FoldParameters parameters)
    {
        if (parameters.FeeBumpRule == FeeBumpRule.ExactFraction)
        {
            return ExactFeeBump.Outbids(standing, standingType, newcomer, newcomerType, parameters);
        }

        bool isBlob = newcomerType == TxType.Blob;
        uint percent = isBlob ? parameters.BlobFeeBumpPercent : parameters.FeeBumpPercent;
        return isBlob == (standingType == TxType.Blob)
            && Rises(standing.MaxFee, newcomer.MaxFee, percent)
            && Rises(standing.MaxPriorityFee, newcomer.MaxPriorityFee, percent)
            && (!isBlob || Rises(standing.MaxBlobFee, newcomer.MaxBlobFee, percent));
    }

    private static bool Rises(in UInt256 old, in UInt256 bid, uint percent) => bid > old && Reaches(bid, old, 100ul + percent);

    /// <summary>Returns true if bid is at least old * factor / 100, rounded down. No bid reaches a threshold above 2^256.</summary>
    private static bool Reaches(in UInt256 bid, in UInt256 old, ulong factor)
    {
        // old * factor / 100 = hundreds * factor + rest * factor / 100, of which only the first product can overflow.
        UInt256.DivRem(old, 100, out var hundreds, out var rest);
        UInt256.Divide(rest * factor, 100, out var part);
        if (!UInt256.TryMultiply(hundreds, factor, out var whole))
        {
            return false;
        }

        var threshold = UInt256.Add(whole, part, out bool isOutOfReach);
        return !isOutOfReach && bid >= threshold;
    }
}
