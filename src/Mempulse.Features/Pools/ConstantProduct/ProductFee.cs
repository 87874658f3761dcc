namespace Mempulse.Features.Pools.ConstantProduct;

/// <summary>The share of the input that a pool prices: 997 of 1,000 for a fee of 0.3 %.</summary>
/// <param name="Numerator">The share's numerator; at least 1.</param>
/// <param name="Denominator">The share's denominator, as the contract writes it, since rounding depends on it; not below the numerator.</param>
public readonly record struct ProductFee(uint Numerator, uint Denominator)
{
    /// <summary>The fee of Uniswap V2 and SushiSwap, 0.3 %.</summary>
    public static ProductFee UniswapV2 { get; } = new(997, 1_000);
}
