using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>A stable pool of Balancer V2: stable, meta-stable or composable, without the pool's own token.</summary>
/// <param name="Balances">The balances, in each token's smallest unit; two to five.</param>
/// <param name="Scales">What brings a balance to 18 decimals, with the token's rate, times 10^18.</param>
/// <param name="Amplification">The amplification at the time of the swap, in thousandths.</param>
/// <param name="Fee">The swap fee, in parts of 10^18 of the input.</param>
/// <param name="Rounding">How the version computes its invariant.</param>
public sealed record BalancerStablePool(
    IReadOnlyList<UInt256> Balances, IReadOnlyList<UInt256> Scales, UInt256 Amplification, UInt256 Fee, InvariantRounding Rounding) : IPool
{
    /// <summary>The most tokens.</summary>
    public const int MaxTokens = 5;

    /// <inheritdoc/>
    public int TokenCount => Balances.Count;

    /// <inheritdoc/>
    public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        var scale = ScaleOf(tokenIn, tokenOut);
        Span<UInt256> values = stackalloc UInt256[MaxTokens];
        values = Values(values, out bool fits);
        var invariant = BalancerInvariant.Invariant(values, Amplification, Rounding);
        var amount = scale.WithoutFee(amountIn);
        var balanceIn = values[tokenIn] + amount;
        values[tokenIn] = balanceIn.Value;
        var final = BalancerInvariant.Balance(values, tokenOut, invariant, Amplification);
        var amountOut = scale.Down(values[tokenOut] - final - 1);
        return BalancerQuote.Of(Balances, tokenIn, tokenOut, amountIn, amountOut.Where(fits && !balanceIn.IsFailed));
    }

    /// <inheritdoc/>
    public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        var scale = ScaleOf(tokenIn, tokenOut);
        Span<UInt256> values = stackalloc UInt256[MaxTokens];
        values = Values(values, out bool fits);
        var invariant = BalancerInvariant.Invariant(values, Amplification, Rounding);
        var balanceOut = values[tokenOut] - BalancerScale.Up(amountOut, scale.Out);
        values[tokenOut] = balanceOut.Value;
        var final = BalancerInvariant.Balance(values, tokenIn, invariant, Amplification);
        var amountIn = scale.WithFee(final - values[tokenIn] + 1);
        return BalancerQuote.For(Balances, tokenIn, tokenOut, amountIn.Where(fits && !balanceOut.IsFailed), amountOut);
    }

    /// <inheritdoc/>
    public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        var quote = QuoteExactInput(tokenIn, tokenOut, amountIn);
        return new PoolSwap(quote, quote.IsFilled ? this with { Balances = BalancerQuote.After(Balances, tokenIn, tokenOut, quote) } : this);
    }

    private BalancerScale ScaleOf(int tokenIn, int tokenOut)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TokenCount, MaxTokens);
        return new BalancerScale(Scales[tokenIn], Scales[tokenOut], Fee);
    }

    private Span<UInt256> Values(Span<UInt256> values, out bool fits)
    {
        fits = true;
        for (int i = 0; i < Balances.Count; i++)
        {
            var value = BalancerScale.Up(Balances[i], Scales[i]);
            fits &= !value.IsFailed;
            values[i] = value.Value;
        }

        return values[..Balances.Count];
    }
}
