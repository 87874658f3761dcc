using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>A weighted pool of Balancer V2: the product of its balances to the power of their weights does not fall.</summary>
/// <param name="Balances">The balances, in each token's smallest unit.</param>
/// <param name="Weights">The weights, in parts of 10^18.</param>
/// <param name="Scales">What brings a balance to 18 decimals, times 10^18.</param>
/// <param name="Fee">The swap fee, in parts of 10^18 of the input.</param>
/// <param name="Shortcut">How the version computes powers.</param>
public sealed record WeightedPool(
    IReadOnlyList<UInt256> Balances, IReadOnlyList<UInt256> Weights, IReadOnlyList<UInt256> Scales, UInt256 Fee, PowerShortcut Shortcut) : IPool
{
    /// <summary>The largest share of a balance that one swap may give or receive: 30 %.</summary>
    private const ulong MostShare = 3 * (FixedWord.One / 10);

    /// <inheritdoc/>
    public int TokenCount => Balances.Count;

    /// <inheritdoc/>
    public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        var scale = new BalancerScale(Scales[tokenIn], Scales[tokenOut], Fee);
        var (balanceIn, balanceOut) = (Value(tokenIn), Value(tokenOut));
        var amount = scale.WithoutFee(amountIn);
        var share = FixedWord.DivideUp(balanceIn, balanceIn + amount);
        var power = FixedWord.PowerUp(share, FixedWord.DivideDown(Weights[tokenIn], Weights[tokenOut]), Shortcut);
        var amountOut = scale.Down(FixedWord.MultiplyDown(balanceOut, FixedWord.Complement(power)));
        var most = FixedWord.MultiplyDown(balanceIn, MostShare);
        return BalancerQuote.Of(Balances, tokenIn, tokenOut, amountIn, amountOut.Where(!most.IsFailed && amount <= most));
    }

    /// <inheritdoc/>
    public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        var scale = new BalancerScale(Scales[tokenIn], Scales[tokenOut], Fee);
        var (balanceIn, balanceOut) = (Value(tokenIn), Value(tokenOut));
        var amount = BalancerScale.Up(amountOut, Scales[tokenOut]);
        var share = FixedWord.DivideUp(balanceOut, balanceOut - amount);
        var power = FixedWord.PowerUp(share, FixedWord.DivideUp(Weights[tokenOut], Weights[tokenIn]), Shortcut);
        var amountIn = scale.WithFee(FixedWord.MultiplyUp(balanceIn, power - FixedWord.One));
        var most = FixedWord.MultiplyDown(balanceOut, MostShare);
        return BalancerQuote.For(Balances, tokenIn, tokenOut, amountIn.Where(!most.IsFailed && !amount.IsFailed && amount <= most), amountOut);
    }

    /// <inheritdoc/>
    public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        var quote = QuoteExactInput(tokenIn, tokenOut, amountIn);
        return new PoolSwap(quote, quote.IsFilled ? this with { Balances = BalancerQuote.After(Balances, tokenIn, tokenOut, quote) } : this);
    }

    private CheckedWord Value(int token) => BalancerScale.Up(Balances[token], Scales[token]);
}
