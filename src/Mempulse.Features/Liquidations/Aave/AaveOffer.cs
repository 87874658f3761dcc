using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>The liquidation of an account that gives most for what it takes.</summary>
/// <param name="Debt">The reserve that is repaid.</param>
/// <param name="Collateral">The reserve that is received.</param>
/// <param name="Amounts">What is repaid and received.</param>
/// <param name="Gain">The value of what is received above that of what is repaid, in the base currency.</param>
public sealed record AaveOffer(AaveTerms Debt, AaveTerms Collateral, AaveLiquidation Amounts, UInt256 Gain)
{
    /// <summary>What has to be left of debt and collateral, in the base currency, where neither is taken whole.</summary>
    private const ulong LeastLeft = 1_000 * 100_000_000UL;

    private const ulong WholePercentage = 10_000;

    /// <summary>Looks through each debt of an account with each of its collaterals.</summary>
    /// <param name="revision">The revision of the pool.</param>
    /// <param name="terms">The reserves by their places.</param>
    /// <param name="holdings">What the account has.</param>
    /// <param name="category">The terms of its efficiency mode.</param>
    /// <param name="health">The account's health.</param>
    /// <returns>Null if the pool accepts none, or none gains anything.</returns>
    public static AaveOffer? Best(int revision, IReadOnlyList<AaveTerms?> terms, IReadOnlyList<AaveHolding> holdings, AaveCategory category, in AaveHealth health)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(holdings);
        if (health.Factor >= AaveHealth.Whole || !AaveRevision.TryGetRounding(revision, out var rounding))
        {
            return null;
        }

        AaveOffer? best = null;
        foreach (var owed in holdings)
        {
            foreach (var held in holdings)
            {
                if (owed.Use.HasFlag(AaveUses.Debt) && held.Use.HasFlag(AaveUses.Collateral)
                    && terms[owed.Reserve] is { IsLiquidated: true } debt && terms[held.Reserve] is { IsLiquidated: true } collateral
                    && (AaveRevision.CountsWithoutThreshold(revision) || !collateral.Threshold.IsZero))
                {
                    best = Better(best, Of(debt, collateral, owed, held, category, health, rounding));
                }
            }
        }

        return best;
    }

    private static AaveOffer? Better(AaveOffer? best, AaveOffer? other) => best is null || (other is not null && other.Gain > best.Gain) ? other : best;

    /// <summary>What the pool computes a liquidation of one debt with one collateral from.</summary>
    /// <returns>Null where the contract reverts.</returns>
    internal static AavePosition? PositionOf(AaveTerms debt, AaveTerms collateral, in AaveHolding owed, in AaveHolding held, AaveCategory category, in AaveHealth health)
    {
        var (balance, due) = (collateral.Supplied(held.ScaledSupply), debt.Owed(owed.ScaledDebt));
        return balance.IsFailed || due.IsFailed ? null : new AavePosition
        {
            CollateralBalance = balance.Value,
            ReserveDebt = due.Value,
            TotalDebtBase = health.Debt,
            HealthFactor = health.Factor,
            CollateralPrice = collateral.Price,
            CollateralUnit = collateral.Unit,
            DebtPrice = debt.Price,
            DebtUnit = debt.Unit,
            LiquidationBonus = category.Covers(collateral.Id) ? category.Bonus : collateral.Bonus,
            ProtocolFee = collateral.ProtocolFee,
        };
    }

    private static AaveOffer? Of(AaveTerms debt, AaveTerms collateral, in AaveHolding owed, in AaveHolding held, AaveCategory category, in AaveHealth health, AaveRounding rounding)
    {
        if (PositionOf(debt, collateral, owed, held, category, health) is not { } position)
        {
            return null;
        }

        var amounts = AaveLiquidation.Of(position, UInt256.MaxValue, rounding);
        if (amounts.Status == AaveStatus.LeavesDust)
        {
            amounts = AaveLiquidation.Of(position, WithoutDust(position), rounding);
        }

        var gain = (amounts.Collateral * (CheckedWord)collateral.Price / collateral.Unit) - AaveInterest.DivideUp(amounts.Debt * (CheckedWord)debt.Price, debt.Unit);
        return amounts.Status == AaveStatus.Accepted && !gain.IsFailed && !gain.Value.IsZero ? new AaveOffer(debt, collateral, amounts, gain.Value) : null;
    }

    /// <summary>The most that can be repaid so that enough of both is left.</summary>
    private static UInt256 WithoutDust(AavePosition position)
    {
        var debt = position.ReserveDebt - AaveInterest.DivideUp(LeastLeft * (CheckedWord)position.DebtUnit, position.DebtPrice);
        var collateral = position.CollateralBalance - AaveInterest.DivideUp(LeastLeft * (CheckedWord)position.CollateralUnit, position.CollateralPrice);
        var covered = collateral * WholePercentage / position.LiquidationBonus * position.CollateralPrice * position.DebtUnit / (position.DebtPrice * (CheckedWord)position.CollateralUnit);
        return (debt < covered ? debt : covered).Value; // zero where all of one is less, and then nothing is offered
    }
}
