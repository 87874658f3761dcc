namespace Mempulse.Features.Pools.Curve;

/// <summary>In what Curve's versions of stable pools differ.</summary>
/// <param name="AmplificationPrecision">Parts of one in which the amplification is kept.</param>
/// <param name="Product">How the invariant's product is divided.</param>
/// <param name="Margin">Units that the pool keeps of each output against rounding.</param>
/// <param name="Unconverged">What happens after 255 rounds.</param>
/// <param name="Balances">How balances follow a swap.</param>
/// <param name="View">How get_dy rounds.</param>
public sealed record StableRules(
    uint AmplificationPrecision, ProductDivision Product, uint Margin, UnconvergedResult Unconverged, BalanceUpdate Balances, ViewRounding View)
{
    /// <summary>The first version: sUSD, and Compound's and yEarn's pools of the time.</summary>
    public static StableRules First { get; } = new(1, ProductDivision.ByMultipleAndOne, 0, UnconvergedResult.Taken, BalanceUpdate.FromInvariant, ViewRounding.FeeOfOutput);

    /// <summary>The version of 3pool.</summary>
    public static StableRules ThreePool { get; } = new(1, ProductDivision.ByMultiple, 1, UnconvergedResult.Taken, BalanceUpdate.ByAmounts, ViewRounding.FeeOfOutput);

    /// <summary>The version of the pool of Aave's tokens, whose fee depends on the balance.</summary>
    public static StableRules Aave { get; } = new(100, ProductDivision.ByMultipleAndOne, 0, UnconvergedResult.Refused, BalanceUpdate.ByAmounts, ViewRounding.FeeOfOutput);

    /// <summary>The template of plain pools, such as sETH.</summary>
    public static StableRules Plain { get; } = new(100, ProductDivision.ByMultiple, 1, UnconvergedResult.Refused, BalanceUpdate.ByAmounts, ViewRounding.FeeOfOutput);

    /// <summary>Stableswap-ng, whose fee depends on the balance.</summary>
    public static StableRules Ng { get; } = new(100, ProductDivision.AtTheEnd, 1, UnconvergedResult.Refused, BalanceUpdate.ByAmounts, ViewRounding.AsSwap);

    /// <summary>The plain pools of crvUSD.</summary>
    public static StableRules CrvUsd { get; } = Ng with { Record = PriceRecord.InHalfWord };

    /// <summary>Whether the pool records its price.</summary>
    public PriceRecord Record { get; init; }
}
