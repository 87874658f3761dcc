namespace Mempulse.Primitives.Events;

/// <summary>A part of a trade. The number is on disk.</summary>
public enum TradePart
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The token that is given.</summary>
    TokenIn = 1,

    /// <summary>The token that is received.</summary>
    TokenOut = 2,

    /// <summary>How much is given.</summary>
    AmountIn = 3,

    /// <summary>How much is received.</summary>
    AmountOut = 4,
}
