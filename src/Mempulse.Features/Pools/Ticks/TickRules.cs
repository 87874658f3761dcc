namespace Mempulse.Features.Pools.Ticks;

/// <summary>The contract whose limits a pool of ticks has.</summary>
public enum TickRules
{
    /// <summary>Uniswap V3: amounts are numbers of 256 bits with a sign.</summary>
    UniswapV3 = 0,

    /// <summary>Uniswap V4: the amounts of a swap fit 128 bits with a sign; a fee of all the input excludes exact output.</summary>
    UniswapV4,
}
