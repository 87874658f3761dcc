namespace Mempulse.Features.Pools.Ticks;

/// <summary>Which amount of a swap is specified.</summary>
public enum SwapExactness
{
    /// <summary>The amount that is given.</summary>
    Input = 0,

    /// <summary>The amount that is received.</summary>
    Output,
}
