using System.Text.Json;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Tests.Pools;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Liquidations;

/// <summary>What a liquidation of Aave V3 takes and gives, in each of its roundings.</summary>
public sealed class AaveLiquidationTests
{
    private const ulong Dollar = 100_000_000;

    [Theory]
    [InlineData("v33_34", AaveRounding.HalfUp)]
    [InlineData("v35_36", AaveRounding.DebtUp)]
    [InlineData("v37", AaveRounding.AgainstLiquidator)]
    public void Liquidations_are_those_of_the_revision(string revision, AaveRounding rounding)
    {
        using var vectors = MevVectors.Read("aave-v3-liquidations.json.zst");
        int count = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var input = vector.GetProperty("input");
            var expected = vector.GetProperty(revision);
            var actual = AaveLiquidation.Of(Position(input), MevVectors.Number(input, "cover"), rounding);

            Assert.True(
                actual == new AaveLiquidation(
                    expected.GetProperty("status").GetString() == "ok" ? AaveStatus.Accepted : AaveStatus.LeavesDust,
                    MevVectors.Number(expected, "maxLiquidatableDebt"),
                    MevVectors.Number(expected, "debtLiquidated"),
                    MevVectors.Number(expected, "collateralToLiquidator"),
                    MevVectors.Number(expected, "protocolFee")),
                $"{vector}: {actual}");
            count++;
        }

        Assert.Equal(140, count);
    }

    [Fact]
    public void Half_of_all_debt_is_the_limit_only_for_large_positions_above_the_threshold_of_health()
    {
        var large = Made(collateral: 2_000, debt: 2_000, health: 950_000_000_000_000_001);

        Assert.Equal((UInt256)(1_000 * Dollar), AaveLiquidation.Of(large, UInt256.MaxValue, AaveRounding.AgainstLiquidator).MaxDebt);
        Assert.Equal((UInt256)(2_000 * Dollar), AaveLiquidation.Of(large with { HealthFactor = 950_000_000_000_000_000 }, UInt256.MaxValue, AaveRounding.AgainstLiquidator).MaxDebt);
        Assert.Equal((UInt256)(2_000 * Dollar), AaveLiquidation.Of(large with { CollateralBalance = (2_000 * Dollar) - 1 }, UInt256.MaxValue, AaveRounding.AgainstLiquidator).MaxDebt);
        Assert.Equal((UInt256)(2_000 * Dollar) - UInt256.One, AaveLiquidation.Of(large with { ReserveDebt = (2_000 * Dollar) - 1 }, UInt256.MaxValue, AaveRounding.AgainstLiquidator).MaxDebt);
    }

    [Fact]
    public void A_liquidation_that_leaves_less_than_a_thousand_of_both_is_dust()
    {
        var position = Made(collateral: 10_000, debt: 3_000, health: 900_000_000_000_000_000);

        Assert.Equal(AaveStatus.Accepted, AaveLiquidation.Of(position, 2_000 * Dollar, AaveRounding.AgainstLiquidator).Status);
        Assert.Equal(AaveStatus.LeavesDust, AaveLiquidation.Of(position, (2_000 * Dollar) + 1, AaveRounding.AgainstLiquidator).Status);
        Assert.Equal(AaveStatus.Accepted, AaveLiquidation.Of(position, 3_000 * Dollar, AaveRounding.AgainstLiquidator).Status);

        // 3,600 take 3,780 of the collateral and leave 1,200 of the debt.
        var thin = Made(collateral: 4_780, debt: 4_800, health: 900_000_000_000_000_000);
        Assert.Equal(AaveStatus.Accepted, AaveLiquidation.Of(thin, 3_600 * Dollar, AaveRounding.AgainstLiquidator).Status);
        Assert.Equal(AaveStatus.LeavesDust, AaveLiquidation.Of(thin with { CollateralBalance = (4_780 * Dollar) - 1 }, 3_600 * Dollar, AaveRounding.AgainstLiquidator).Status);
    }

    [Fact]
    public void A_healthy_borrower_and_one_without_debt_are_not_liquidated()
    {
        var position = Made(collateral: 10_000, debt: 3_000, health: 1_000_000_000_000_000_000);

        Assert.Equal(AaveStatus.Healthy, AaveLiquidation.Of(position, UInt256.MaxValue, AaveRounding.HalfUp).Status);
        Assert.Equal(AaveStatus.Accepted, AaveLiquidation.Of(position with { HealthFactor = 999_999_999_999_999_999 }, UInt256.MaxValue, AaveRounding.HalfUp).Status);
        Assert.Equal(AaveStatus.NoDebt, AaveLiquidation.Of(position with { ReserveDebt = 0 }, UInt256.MaxValue, AaveRounding.HalfUp).Status);
        Assert.Equal(AaveStatus.Refused, AaveLiquidation.Of(position with { HealthFactor = 0, CollateralPrice = 0 }, UInt256.MaxValue, AaveRounding.HalfUp).Status);
    }

    [Theory]
    [InlineData(6, null)]
    [InlineData(7, AaveRounding.HalfUp)]
    [InlineData(8, AaveRounding.HalfUp)]
    [InlineData(9, AaveRounding.DebtUp)]
    [InlineData(10, AaveRounding.DebtUp)]
    [InlineData(11, AaveRounding.AgainstLiquidator)]
    [InlineData(12, null)]
    public void A_revision_of_the_pool_has_its_rounding(int revision, AaveRounding? expected) =>
        Assert.Equal(expected, AaveRevision.TryGetRounding(revision, out var rounding) ? rounding : null);

    private static AavePosition Position(JsonElement input) => new()
    {
        CollateralBalance = MevVectors.Number(input, "collBalance"),
        ReserveDebt = MevVectors.Number(input, "reserveDebt"),
        TotalDebtBase = MevVectors.Number(input, "totalDebtBase"),
        HealthFactor = MevVectors.Number(input, "hf"),
        CollateralPrice = MevVectors.Number(input, "collPrice"),
        CollateralUnit = MevVectors.Number(input, "collUnit"),
        DebtPrice = MevVectors.Number(input, "debtPrice"),
        DebtUnit = MevVectors.Number(input, "debtUnit"),
        LiquidationBonus = MevVectors.Number(input, "bonus"),
        ProtocolFee = MevVectors.Number(input, "fee"),
    };

    /// <summary>Both tokens are dollars of eight decimals.</summary>
    private static AavePosition Made(ulong collateral, ulong debt, ulong health) => new()
    {
        CollateralBalance = collateral * Dollar,
        ReserveDebt = debt * Dollar,
        TotalDebtBase = debt * Dollar,
        HealthFactor = health,
        CollateralPrice = Dollar,
        CollateralUnit = Dollar,
        DebtPrice = Dollar,
        DebtUnit = Dollar,
        LiquidationBonus = 10_500,
        ProtocolFee = 1_000,
    };
}
