namespace Mempulse.Features.Pools;

/// <summary>Indexes of tokens in a pool.</summary>
internal static class TokenIndex
{
    /// <summary>Refuses a pair of tokens that the pool cannot swap.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not that of a token, or both are the same.</exception>
    public static void Check(IPool pool, int tokenIn, int tokenOut)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokenIn);
        ArgumentOutOfRangeException.ThrowIfNegative(tokenOut);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tokenIn, pool.TokenCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tokenOut, pool.TokenCount);
        ArgumentOutOfRangeException.ThrowIfEqual(tokenOut, tokenIn);
    }
}
