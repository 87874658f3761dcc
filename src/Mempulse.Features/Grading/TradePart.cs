namespace Mempulse.Features.Grading;

/// <summary>A part of a trade.</summary>
public enum TradePart
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The token that is given.</summary>
    TokenIn,

    /// <summary>The token that is received.</summary>
    TokenOut,

    /// <summary>How much is given.</summary>
    AmountIn,

    /// <summary>How much is received.</summary>
    AmountOut,
}
