namespace Mempulse.Primitives.Events;

/// <summary>How a token treats what is transferred. The number is in the log.</summary>
public enum TokenConduct
{
    /// <summary>As its events say, as far as is known.</summary>
    Exact = 0,

    /// <summary>Less arrives at a pool, or at those whom it pays, than the token's own events say.</summary>
    KeepsShare = 1,

    /// <summary>Balances fall without a transfer.</summary>
    Rebases = 2,
}
