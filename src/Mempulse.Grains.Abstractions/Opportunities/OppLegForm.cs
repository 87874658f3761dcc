namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>How the pool of an exchange is called.</summary>
public enum OppLegForm
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>As a pair of Uniswap V2.</summary>
    Pair,

    /// <summary>As a pool of Uniswap V3.</summary>
    Ticks,
}
