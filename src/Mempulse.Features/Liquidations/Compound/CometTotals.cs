using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Compound;

/// <summary>What is lent and borrowed in a market of Compound V3, as of its last accrual of interest.</summary>
/// <param name="SupplyIndex">Index by which principals lent have grown, in parts of 10^15.</param>
/// <param name="BorrowIndex">Index by which principals borrowed have grown.</param>
/// <param name="Supplied">The principals lent.</param>
/// <param name="Borrowed">The principals borrowed.</param>
/// <param name="AccruedAt">The time of the accrual in Unix seconds.</param>
public sealed record CometTotals(UInt256 SupplyIndex, UInt256 BorrowIndex, UInt256 Supplied, UInt256 Borrowed, ulong AccruedAt)
{
    private const ulong IndexScale = 1_000_000_000_000_000;
    private const int IndexBits = 64;

    /// <summary>What lenders are owed, with interest up to the accrual.</summary>
    internal CheckedWord PresentSupply => Supplied * (CheckedWord)SupplyIndex / IndexScale;

    /// <summary>What borrowers owe, with interest up to the accrual.</summary>
    internal CheckedWord PresentBorrow => Borrowed * (CheckedWord)BorrowIndex / IndexScale;

    /// <summary>The totals once interest is accrued at a time.</summary>
    /// <returns>Null where the contract reverts.</returns>
    public CometTotals? At(ulong time, CometCurve supply, CometCurve borrow)
    {
        ArgumentNullException.ThrowIfNull(supply);
        ArgumentNullException.ThrowIfNull(borrow);
        if (time <= AccruedAt)
        {
            return this;
        }

        var lent = PresentSupply;
        var share = lent.Value.IsZero ? lent : PresentBorrow * CometCurve.FactorScale / lent;
        ulong elapsed = time - AccruedAt;
        var (supplyIndex, borrowIndex) = (Grown(SupplyIndex, supply.RateAt(share) * elapsed), Grown(BorrowIndex, borrow.RateAt(share) * elapsed));
        return supplyIndex.IsFailed || borrowIndex.IsFailed ? null : this with { SupplyIndex = supplyIndex.Value, BorrowIndex = borrowIndex.Value, AccruedAt = time };
    }

    private static CheckedWord Grown(in UInt256 index, in CheckedWord growth)
    {
        var grown = index + (index * growth / CometCurve.FactorScale);
        return grown.Where(grown.Value.BitLength <= IndexBits);
    }
}
