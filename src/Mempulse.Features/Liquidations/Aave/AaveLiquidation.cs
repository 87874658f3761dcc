using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>What a liquidation of Aave V3 takes and gives.</summary>
/// <param name="Status">Whether the pool accepts it.</param>
/// <param name="MaxDebt">The most debt that can be repaid at once: the close factor's limit.</param>
/// <param name="Debt">The debt that is repaid.</param>
/// <param name="Collateral">What the liquidator receives.</param>
/// <param name="ProtocolFee">What the protocol receives.</param>
public readonly record struct AaveLiquidation(AaveStatus Status, UInt256 MaxDebt, UInt256 Debt, UInt256 Collateral, UInt256 ProtocolFee)
{
    /// <summary>Half of all debt can be repaid at once while the position is large and not far below one.</summary>
    private const ulong CloseFactor = 5_000;
    private const ulong WholePercentage = 10_000;

    /// <summary>Collateral or debt below this many units of the base currency can be liquidated whole.</summary>
    private const ulong CloseFactorThreshold = 2_000 * BaseUnit;

    /// <summary>What has to be left of both if neither is taken whole.</summary>
    private const ulong LeastLeft = CloseFactorThreshold / 2;
    private const ulong BaseUnit = 100_000_000;
    private const ulong WholeHealth = 1_000_000_000_000_000_000;
    private const ulong CloseFactorHealth = 95 * (WholeHealth / 100);

    /// <summary>Computes a liquidation.</summary>
    /// <param name="position">The position.</param>
    /// <param name="debtToCover">The most that the liquidator repays; the largest number for all that can be.</param>
    /// <param name="rounding">The rounding of the pool's revision.</param>
    public static AaveLiquidation Of(AavePosition position, in UInt256 debtToCover, AaveRounding rounding)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.HealthFactor >= WholeHealth || position.ReserveDebt.IsZero)
        {
            return new AaveLiquidation(position.ReserveDebt.IsZero ? AaveStatus.NoDebt : AaveStatus.Healthy, default, default, default, default);
        }

        var most = MostDebt(position, rounding);
        var asked = most > debtToCover ? debtToCover : most;
        CheckedWord balance = position.CollateralBalance;
        var basis = position.DebtPrice * asked * position.CollateralUnit / (position.CollateralPrice * (CheckedWord)position.DebtUnit);
        var collateral = Percent(basis, position.LiquidationBonus, rounding == AaveRounding.AgainstLiquidator ? Rounding.Down : Rounding.HalfUp);
        var debt = asked;
        if (collateral > balance)
        {
            collateral = balance;
            var value = position.CollateralPrice * collateral * position.DebtUnit / (position.DebtPrice * (CheckedWord)position.CollateralUnit);
            debt = PerPercent(value, position.LiquidationBonus, rounding == AaveRounding.HalfUp ? Rounding.HalfUp : Rounding.Up);
        }

        var fee = Fee(position, collateral, rounding);
        var received = collateral - fee;
        if (most.IsFailed || debt.IsFailed || received.IsFailed)
        {
            return new AaveLiquidation(AaveStatus.Refused, default, default, default, default);
        }

        bool leavesDust = debt < position.ReserveDebt && received + fee < balance
            && (Base(position.ReserveDebt - debt, position.DebtPrice, position.DebtUnit, DebtRounding(rounding)) < LeastLeft
                || Base(balance - received - fee, position.CollateralPrice, position.CollateralUnit, Rounding.Down) < LeastLeft);
        return new AaveLiquidation(leavesDust ? AaveStatus.LeavesDust : AaveStatus.Accepted, most.Value, debt.Value, received.Value, fee.Value);
    }

    private static CheckedWord MostDebt(AavePosition position, AaveRounding rounding)
    {
        var debt = Base(position.ReserveDebt, position.DebtPrice, position.DebtUnit, DebtRounding(rounding));
        var collateral = Base(position.CollateralBalance, position.CollateralPrice, position.CollateralUnit, Rounding.Down);
        if (debt.IsFailed || collateral.IsFailed)
        {
            return CheckedWord.Failed;
        }

        if (collateral < CloseFactorThreshold || debt < CloseFactorThreshold || position.HealthFactor <= CloseFactorHealth)
        {
            return position.ReserveDebt;
        }

        var limit = Percent(position.TotalDebtBase, CloseFactor, Rounding.HalfUp);
        return limit.IsFailed || debt > limit ? limit * position.DebtUnit / position.DebtPrice : position.ReserveDebt;
    }

    private static CheckedWord Fee(AavePosition position, in CheckedWord collateral, AaveRounding rounding)
    {
        if (position.ProtocolFee.IsZero)
        {
            return 0;
        }

        bool isStrict = rounding == AaveRounding.AgainstLiquidator;
        var bonus = collateral - PerPercent(collateral, position.LiquidationBonus, isStrict ? Rounding.Down : Rounding.HalfUp);
        return Percent(bonus, position.ProtocolFee, isStrict ? Rounding.Up : Rounding.HalfUp);
    }

    private static Rounding DebtRounding(AaveRounding rounding) => rounding == AaveRounding.HalfUp ? Rounding.Down : Rounding.Up;

    private static CheckedWord Base(in CheckedWord amount, in UInt256 price, in UInt256 unit, Rounding rounding) => Divide(amount * price, unit, rounding);

    private static CheckedWord Percent(in CheckedWord value, in CheckedWord percentage, Rounding rounding) => Divide(value * percentage, WholePercentage, rounding);

    private static CheckedWord PerPercent(in CheckedWord value, in CheckedWord percentage, Rounding rounding) => Divide(value * WholePercentage, percentage, rounding);

    private static CheckedWord Divide(in CheckedWord dividend, in CheckedWord divisor, Rounding rounding) => rounding switch
    {
        Rounding.Down => dividend / divisor,
        Rounding.HalfUp => (dividend + (divisor / 2)) / divisor,
        _ => dividend.Value.IsZero ? dividend / divisor : ((dividend - 1) / divisor) + 1,
    };

    private enum Rounding
    {
        Down = 0,
        HalfUp,
        Up,
    }
}
