namespace Mempulse.Features.Pools.Ticks;

/// <summary>Which token is given.</summary>
public enum SwapDirection
{
    /// <summary>Token 0 is given; the price falls.</summary>
    ZeroForOne = 0,

    /// <summary>Token 1 is given; the price rises.</summary>
    OneForZero,
}
