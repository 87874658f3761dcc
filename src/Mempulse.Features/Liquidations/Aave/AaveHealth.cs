using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>What an account of Aave V3 has and owes: the pool's calculateUserAccountData.</summary>
/// <param name="Collateral">What covers its debts, in the base currency.</param>
/// <param name="Debt">Its debts, in the base currency.</param>
/// <param name="Factor">The health factor in parts of 10^18; the largest number without debt.</param>
public readonly record struct AaveHealth(UInt256 Collateral, UInt256 Debt, UInt256 Factor)
{
    /// <summary>The factor below which an account can be liquidated.</summary>
    public const ulong Whole = 1_000_000_000_000_000_000;

    private const ulong WholePercentage = 10_000;

    /// <summary>A debt against which the rounding of each reserve is less than a hundredth.</summary>
    private const ulong LargeDebt = 100_000_000;

    /// <summary>Computes it.</summary>
    /// <param name="revision">The revision of the pool.</param>
    /// <param name="terms">The reserves by their places.</param>
    /// <param name="holdings">What the account has, in ascending order of the places.</param>
    /// <param name="category">The terms of its efficiency mode.</param>
    /// <returns>Null if a reserve of the account has no price or terms that are not known, or where the contract reverts.</returns>
    public static AaveHealth? Of(int revision, IReadOnlyList<AaveTerms?> terms, IReadOnlyList<AaveHolding> holdings, AaveCategory category)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(holdings);
        CheckedWord collateral = 0, debt = 0, weighted = 0;
        for (int i = 0; i < holdings.Count; i++)
        {
            var holding = holdings[i];
            if (holding.Reserve >= terms.Count || terms[holding.Reserve] is not { IsPlain: true, Price.IsZero: false } reserve)
            {
                return null;
            }

            if (holding.Use.HasFlag(AaveUses.Collateral) && (AaveRevision.CountsWithoutThreshold(revision) || !reserve.Threshold.IsZero))
            {
                var value = reserve.SuppliedValue(holding.ScaledSupply);
                collateral += value;
                weighted += value * (category.Covers(reserve.Id) ? category.Threshold : reserve.Threshold);
            }

            if (holding.Use.HasFlag(AaveUses.Debt))
            {
                debt += reserve.OwedValue(holding.ScaledDebt);
            }
        }

        if (collateral.IsFailed || debt.IsFailed || weighted.IsFailed)
        {
            return null;
        }

        var factor = debt.Value.IsZero ? UInt256.MaxValue : Factored(revision, collateral, debt, weighted);
        return factor.IsFailed ? null : new AaveHealth(collateral.Value, debt.Value, factor.Value);
    }

    /// <summary>False if the factor surely stays at one or above while the price of some reserves, the same of all, becomes another.</summary>
    /// <remarks>Collateral or debt changes by the ratio of the prices at most, and so does the factor. A hundredth is left for roundings.</remarks>
    /// <param name="revision">The revision of the pool.</param>
    /// <param name="from">The price with which this is the health.</param>
    /// <param name="to">The other price.</param>
    public bool MayFall(int revision, in UInt256 from, in UInt256 to)
    {
        var (low, high) = from < to ? (from, to) : (to, from);
        var least = Factor * (CheckedWord)low / high;
        return AaveRevision.AveragesThreshold(revision) || Debt < LargeDebt || least.IsFailed || least < Whole + (Whole / 100);
    }

    private static CheckedWord Factored(int revision, in CheckedWord collateral, in CheckedWord debt, in CheckedWord weighted)
    {
        if (!AaveRevision.AveragesThreshold(revision))
        {
            return AaveInterest.WadQuotient(weighted, debt) / WholePercentage;
        }

        CheckedWord average = collateral.Value.IsZero ? 0 : weighted / collateral;
        return AaveInterest.WadQuotient(((collateral * average) + (WholePercentage / 2)) / WholePercentage, debt);
    }
}
