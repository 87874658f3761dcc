using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The output of a swap and the balances after it.</summary>
internal readonly record struct StableSwap(CheckedWord Output, CheckedWord BalanceIn, CheckedWord BalanceOut)
{
    /// <summary>The swap as a quote. The contracts accept swaps of nothing and for nothing.</summary>
    public Quote ToQuote(in UInt256 amountIn)
    {
        if (Output.IsFailed || BalanceIn.IsFailed || BalanceOut.IsFailed)
        {
            return Quote.Refusal(QuoteFailure.Refused);
        }

        return new Quote(amountIn, Output.Value, QuoteFailure.None);
    }
}
