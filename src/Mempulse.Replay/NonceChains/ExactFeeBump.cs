using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.NonceChains;

/// <summary>The comparison that logs without a <see cref="FeeBumpRule"/> were folded with; a replay of them must derive the same events.</summary>
/// <remarks>
/// Fee cap and tip must rise by the percentage as an exact fraction: new * 100 >= old * (100 + percent). If either is a blob transaction, the
/// blob percentage applies, and against a blob transaction also to the blob fee cap.
/// </remarks>
internal static class ExactFeeBump
{
    /// <summary>A fee with more bits than this exceeds the total supply of ether; it is compared without the percentage.</summary>
    private const int MaxSensibleFeeBits = 200;

    public static bool Outbids(in TxFees standing, TxType standingType, in TxFees newcomer, TxType newcomerType, FoldParameters parameters)
    {
        bool hasBlob = standingType == TxType.Blob || newcomerType == TxType.Blob;
        uint percent = hasBlob ? parameters.BlobFeeBumpPercent : parameters.FeeBumpPercent;
        return Rises(standing.MaxFee, newcomer.MaxFee, percent)
            && Rises(standing.MaxPriorityFee, newcomer.MaxPriorityFee, percent)
            && (standingType != TxType.Blob || Rises(standing.MaxBlobFee, newcomer.MaxBlobFee, percent));
    }

    private static bool Rises(UInt256 old, UInt256 bid, uint percent) =>
        old.BitLength > MaxSensibleFeeBits || bid.BitLength > MaxSensibleFeeBits
            ? bid.BitLength > old.BitLength
            : bid * 100 >= old * (100ul + percent);
}
