namespace Mempulse.Features.Pools.Curve;

/// <summary>Whether a stable pool records its price with each swap, and so refuses a swap whose price it cannot keep.</summary>
public enum PriceRecord
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>In 128 bits: the plain pools of crvUSD, which have two tokens.</summary>
    InHalfWord,
}
