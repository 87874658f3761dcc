using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>Results of the pools as quotes, with what the vault adds: balances of at most 112 bits.</summary>
internal static class BalancerQuote
{
    private const int BalanceBits = 112;

    /// <summary>The swap of an exact input.</summary>
    public static Quote Of(IReadOnlyList<UInt256> balances, int tokenIn, int tokenOut, in UInt256 amountIn, in CheckedWord amountOut) =>
        Of(balances, tokenIn, tokenOut, amountIn, amountOut, amountIn, QuoteFailure.NothingGiven);

    /// <summary>The swap for an exact output.</summary>
    public static Quote For(IReadOnlyList<UInt256> balances, int tokenIn, int tokenOut, in CheckedWord amountIn, in UInt256 amountOut) =>
        Of(balances, tokenIn, tokenOut, amountIn, amountOut, amountOut, QuoteFailure.NothingReceived);

    /// <summary>The vault's balances after a swap that is filled.</summary>
    public static IReadOnlyList<UInt256> After(IReadOnlyList<UInt256> balances, int tokenIn, int tokenOut, in Quote quote)
    {
        UInt256[] after = [.. balances];
        after[tokenIn] += quote.AmountIn;
        after[tokenOut] -= quote.AmountOut;
        return after;
    }

    private static Quote Of(
        IReadOnlyList<UInt256> balances, int tokenIn, int tokenOut, in CheckedWord amountIn, in CheckedWord amountOut, in UInt256 asked, QuoteFailure nothing)
    {
        if (asked.IsZero)
        {
            return Quote.Refusal(nothing); // the vault refuses it, the pool does not
        }

        if (amountIn.IsFailed || amountOut.IsFailed)
        {
            return Quote.Refusal(QuoteFailure.Refused);
        }

        if (amountOut.Value > balances[tokenOut])
        {
            return Quote.Refusal(QuoteFailure.InsufficientLiquidity);
        }

        var after = balances[tokenIn] + amountIn;
        return after.IsFailed || after.Value.BitLength > BalanceBits ? Quote.Refusal(QuoteFailure.Overflow) : new Quote(amountIn.Value, amountOut.Value, QuoteFailure.None);
    }
}
