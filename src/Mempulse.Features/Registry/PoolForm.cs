namespace Mempulse.Features.Registry;

/// <summary>How a pool keeps its state. The number is in checkpoints.</summary>
public enum PoolForm
{
    /// <summary>Two reserves whose product rises, as Uniswap V2 does.</summary>
    Pair = 0,

    /// <summary>Liquidity between ticks, as Uniswap V3 does.</summary>
    Ticks = 1,
}
