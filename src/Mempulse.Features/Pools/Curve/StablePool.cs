using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>A stable pool of Curve: several tokens whose prices nearly agree.</summary>
/// <param name="Balances">The balances, in each token's smallest unit; two to eight.</param>
/// <param name="Rates">What brings a balance to 18 decimals, times 10^18; one for each token.</param>
/// <param name="Amplification">The amplification at the time of the swap, in the version's precision.</param>
/// <param name="Fees">The fees.</param>
/// <param name="Rules">The version of the contract.</param>
public sealed record StablePool(IReadOnlyList<UInt256> Balances, IReadOnlyList<UInt256> Rates, UInt256 Amplification, StableFees Fees, StableRules Rules) : IPool
{
    /// <summary>The most tokens.</summary>
    public const int MaxTokens = 8;

    private const ulong Precision = 1_000_000_000_000_000_000;
    private const int RecordBits = 128;

    /// <inheritdoc/>
    public int TokenCount => Balances.Count;

    /// <inheritdoc/>
    public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn) => Swap(tokenIn, tokenOut, amountIn).ToQuote(amountIn);

    /// <inheritdoc/>
    public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        return LeastInput.Find(this, tokenIn, tokenOut, amountOut);
    }

    /// <inheritdoc/>
    public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        var swap = Swap(tokenIn, tokenOut, amountIn);
        var quote = swap.ToQuote(amountIn);
        if (!quote.IsFilled)
        {
            return new PoolSwap(quote, this);
        }

        UInt256[] balances = [.. Balances];
        (balances[tokenIn], balances[tokenOut]) = (swap.BalanceIn.Value, swap.BalanceOut.Value);
        return new PoolSwap(quote, this with { Balances = balances });
    }

    /// <summary>What the contract's get_dy answers, which may differ from the swap by a unit.</summary>
    public Quote QuoteView(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        if (Rules.View == ViewRounding.AsSwap)
        {
            return Trade(tokenIn, tokenOut, amountIn, out _).ToQuote(amountIn);
        }

        var gross = Gross(tokenIn, tokenOut, amountIn, out var rate, out _);
        var output = gross.Amount * Precision / Rates[tokenOut];
        return new StableSwap(output - (rate * output / StableFees.Whole), gross.ValueIn, gross.ValueOut).ToQuote(amountIn);
    }

    private StableSwap Swap(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        var swap = Trade(tokenIn, tokenOut, amountIn, out var price);
        return Rules.Record == PriceRecord.None ? swap : swap with { Output = swap.Output.Where(!price.IsFailed && price.Value.BitLength <= RecordBits) };
    }

    private StableSwap Trade(int tokenIn, int tokenOut, in UInt256 amountIn, out CheckedWord price)
    {
        var gross = Gross(tokenIn, tokenOut, amountIn, out var rate, out price);
        var fee = gross.Amount * rate / StableFees.Whole;
        var protocol = fee * Fees.Protocol / StableFees.Whole;
        var output = (gross.Amount - fee) * Precision / Rates[tokenOut];
        return Rules.Balances == BalanceUpdate.ByAmounts
            ? new StableSwap(output, Balances[tokenIn] + (CheckedWord)amountIn, Balances[tokenOut] - output - (protocol * Precision / Rates[tokenOut]))
            : new StableSwap(output, gross.ValueIn * Precision / Rates[tokenIn], (gross.ValueOut + (fee - protocol)) * Precision / Rates[tokenOut]);
    }

    /// <summary>The output before the fee, in 18 decimals, and both values after the swap.</summary>
    private (CheckedWord Amount, CheckedWord ValueIn, CheckedWord ValueOut) Gross(int tokenIn, int tokenOut, in UInt256 amountIn, out CheckedWord rate, out CheckedWord price)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TokenCount, MaxTokens);
        Span<UInt256> values = stackalloc UInt256[MaxTokens];
        values = values[..TokenCount];
        CheckedWord total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            var value = Balances[i] * (CheckedWord)Rates[i] / Precision;
            total += value;
            values[i] = value.Value;
        }

        var (before, beforeOut) = (values[tokenIn], values[tokenOut]);
        var invariant = StableInvariant.Invariant(values, Amplification, Rules);
        var after = before + (amountIn * (CheckedWord)Rates[tokenIn] / Precision);
        values[tokenIn] = after.Value;
        var afterOut = StableInvariant.Balance(values, tokenOut, invariant, Amplification, Rules).Where(!total.IsFailed && !after.IsFailed);
        price = Rules.Record == PriceRecord.None ? 0 : StableInvariant.Price(tokenIn == 0 ? after : afterOut, tokenIn == 0 ? afterOut : after, invariant, Amplification, Rules);
        rate = Fees.Rate((before + after) / 2, (beforeOut + afterOut) / 2);
        return (beforeOut - afterOut - Rules.Margin, after, afterOut);
    }
}
