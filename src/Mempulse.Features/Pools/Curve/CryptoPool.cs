using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>A crypto pool of Curve with three tokens, which trades around prices that it follows.</summary>
/// <param name="Balances">The three balances, in each token's smallest unit.</param>
/// <param name="Precisions">What brings each balance to 18 decimals, as a factor.</param>
/// <param name="PriceScale">The prices of the second and third token that the pool trades around, in parts of 10^18 of the first.</param>
/// <param name="Invariant">The invariant that the contract keeps.</param>
/// <param name="Amplification">The amplification at the time of the swap, times 27 x 10,000.</param>
/// <param name="Gamma">Gamma at the time of the swap, in parts of 10^18.</param>
/// <param name="Fees">The fees.</param>
/// <param name="Rules">How the version solves for a balance.</param>
public sealed record CryptoPool(
    IReadOnlyList<UInt256> Balances,
    IReadOnlyList<UInt256> Precisions,
    IReadOnlyList<UInt256> PriceScale,
    UInt256 Invariant,
    UInt256 Amplification,
    UInt256 Gamma,
    CryptoFees Fees,
    CryptoRules Rules) : IPool
{
    private const ulong One = 1_000_000_000_000_000_000;

    /// <inheritdoc/>
    public int TokenCount => CryptoInvariant.Tokens;

    /// <inheritdoc/>
    public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        Span<UInt256> values = stackalloc UInt256[CryptoInvariant.Tokens];
        return Swap(tokenIn, tokenOut, amountIn, values, out _);
    }

    /// <inheritdoc/>
    public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        return LeastInput.Find(this, tokenIn, tokenOut, amountOut);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The pool after the swap has the new balances and invariant. The contract may also move its price scale then, which depends on its price
    /// oracle and profit; that is not done here, so a swap after this one is near to what the contract would do, and exact if it did not move.
    /// </remarks>
    public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        Span<UInt256> values = stackalloc UInt256[CryptoInvariant.Tokens];
        var quote = Swap(tokenIn, tokenOut, amountIn, values, out var k0);
        if (!quote.IsFilled)
        {
            return new PoolSwap(quote, this);
        }

        UInt256[] balances = [.. Balances];
        balances[tokenIn] += quote.AmountIn;
        balances[tokenOut] -= quote.AmountOut;
        var value = Value(balances[tokenOut], tokenOut);
        values[tokenOut] = value.Value;
        var invariant = CryptoInvariant.Invariant(values, CryptoGuess.Of(values, k0, Rules), Amplification, Gamma).Where(!value.IsFailed);
        return invariant.IsFailed
            ? new PoolSwap(Quote.Refusal(QuoteFailure.Refused), this)
            : new PoolSwap(quote, this with { Balances = balances, Invariant = invariant.Value });
    }

    /// <summary>The invariant of the balances, as the contract computes it without a guess; zero if it refuses them.</summary>
    public UInt256 CurrentInvariant()
    {
        Span<UInt256> values = stackalloc UInt256[CryptoInvariant.Tokens];
        bool fits = true;
        for (int i = 0; i < values.Length; i++)
        {
            var value = Value(Balances[i], i);
            fits &= !value.IsFailed;
            values[i] = value.Value;
        }

        return fits ? CryptoInvariant.Invariant(values, CryptoGuess.Of(values, 0, Rules), Amplification, Gamma).Value : UInt256.Zero;
    }

    private Quote Swap(int tokenIn, int tokenOut, in UInt256 amountIn, Span<UInt256> values, out CheckedWord k0)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        k0 = 0;
        if (amountIn.IsZero)
        {
            return Quote.Refusal(QuoteFailure.NothingGiven);
        }

        bool fits = true;
        for (int i = 0; i < values.Length; i++)
        {
            var value = Value(i == tokenIn ? Balances[i] + (CheckedWord)amountIn : Balances[i], i);
            fits &= !value.IsFailed;
            values[i] = value.Value;
        }

        if (!fits || !CryptoInvariant.AreValid(Amplification, Gamma) || !CryptoInvariant.AreValid(values, tokenOut, Invariant))
        {
            return Quote.Refusal(QuoteFailure.Refused);
        }

        var solved = Rules == CryptoRules.Cubic
            ? CryptoCubic.Value(values, tokenOut, Invariant, Amplification, Gamma, out k0)
            : CryptoInvariant.Value(values, tokenOut, Invariant, Amplification, Gamma);
        var output = values[tokenOut] - solved - 1;
        output = tokenOut == 0 ? output : output * One / PriceScale[tokenOut - 1];
        output /= Precisions[tokenOut];
        values[tokenOut] = solved.Value;
        output -= Fees.Rate(values) * output / StableFees.Whole;
        return output.IsFailed ? Quote.Refusal(QuoteFailure.Refused) : new Quote(amountIn, output.Value, QuoteFailure.None);
    }

    /// <summary>A balance in 18 decimals of the first token.</summary>
    private CheckedWord Value(in CheckedWord balance, int token) =>
        token == 0 ? balance * Precisions[0] : balance * PriceScale[token - 1] * Precisions[token] / One;
}
