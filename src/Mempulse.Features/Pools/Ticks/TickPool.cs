using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Ticks;

/// <summary>A pool of Uniswap V3 or V4, or of a fork with the same mathematics, without hooks.</summary>
/// <param name="Ticks">The tracked ticks.</param>
/// <param name="State">Price and liquidity.</param>
/// <param name="Fees">The fee of each direction.</param>
/// <param name="Rules">Whose limits hold.</param>
public sealed record TickPool(TickTable Ticks, TickState State, TickFees Fees, TickRules Rules) : IPool
{
    private const int SignBit = 255;
    private const int LiquidityBits = 128;

    private static readonly UInt256 s_halfWord = new(0, 1UL << 63, 0, 0);

    /// <inheritdoc/>
    public int TokenCount => 2;

    /// <inheritdoc/>
    public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        return Amounts(DirectionFrom(tokenIn), SwapExactness.Input, amountIn);
    }

    /// <inheritdoc/>
    public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        return Amounts(DirectionFrom(tokenIn), SwapExactness.Output, amountOut);
    }

    /// <inheritdoc/>
    public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        var quote = Swap(DirectionFrom(tokenIn), SwapExactness.Input, amountIn, out var after);
        return new PoolSwap(quote, quote.IsFilled ? this with { State = after } : this);
    }

    /// <summary>A swap up to the last price of its direction, and what it leaves.</summary>
    /// <param name="direction">Which token is given.</param>
    /// <param name="exactness">Which amount <paramref name="amount"/> is.</param>
    /// <param name="amount">The amount.</param>
    /// <param name="after">The pool after the swap as far as it goes; as it is if the contract refuses the swap.</param>
    /// <returns>The amounts as far as the swap goes.</returns>
    public Quote Swap(SwapDirection direction, SwapExactness exactness, in UInt256 amount, out TickState after)
    {
        after = State;
        uint fee = Fees.Of(direction);
        var limit = LimitOf(direction);
        var failure = Refusal(direction, exactness, amount, fee, limit);
        if (failure != QuoteFailure.None)
        {
            return Quote.Refusal(failure);
        }

        var quote = TickSwap.Run(Ticks, State, fee, direction, exactness, amount, limit, out var reached);
        if (IsOverflow(quote))
        {
            return Quote.Refusal(QuoteFailure.Overflow);
        }

        after = reached;
        return quote;
    }

    /// <summary>The same swap without what it leaves.</summary>
    private Quote Amounts(SwapDirection direction, SwapExactness exactness, in UInt256 amount)
    {
        uint fee = Fees.Of(direction);
        var limit = LimitOf(direction);
        var failure = Refusal(direction, exactness, amount, fee, limit);
        if (failure != QuoteFailure.None)
        {
            return Quote.Refusal(failure);
        }

        var quote = TickSwap.Amounts(Ticks, State, fee, direction, exactness, amount, limit);
        return IsOverflow(quote) ? Quote.Refusal(QuoteFailure.Overflow) : quote;
    }

    private static UInt256 LimitOf(SwapDirection direction) => direction == SwapDirection.ZeroForOne ? TickMath.MinSqrtPrice + UInt256.One : TickMath.MaxSqrtPrice - UInt256.One;

    private bool IsOverflow(in Quote quote) =>
        quote.Failure == QuoteFailure.Overflow || (Rules == TickRules.UniswapV4 && (quote.AmountIn > s_halfWord || quote.AmountOut >= s_halfWord));

    /// <summary>True for a state that a contract can have once it is initialized.</summary>
    private bool IsKept => State.SqrtPriceX96 >= TickMath.MinSqrtPrice && State.SqrtPriceX96 < TickMath.MaxSqrtPrice && State.Liquidity.BitLength <= LiquidityBits
        && State.Tick >= TickMath.MinTick - 1 && State.Tick < TickMath.MaxTick && Fees.Of(SwapDirection.ZeroForOne) <= TickFees.Whole && Fees.Of(SwapDirection.OneForZero) <= TickFees.Whole;

    private QuoteFailure Refusal(SwapDirection direction, SwapExactness exactness, in UInt256 amount, uint fee, in UInt256 limit)
    {
        if (amount.IsZero)
        {
            return exactness == SwapExactness.Input ? QuoteFailure.NothingGiven : QuoteFailure.NothingReceived;
        }

        if (!IsKept || (fee >= TickFees.Whole && exactness == SwapExactness.Output))
        {
            return QuoteFailure.Refused;
        }

        if (amount.BitLength > SignBit)
        {
            return QuoteFailure.Overflow;
        }

        bool isAtEnd = direction == SwapDirection.ZeroForOne ? State.SqrtPriceX96 <= limit : State.SqrtPriceX96 >= limit;
        return isAtEnd ? QuoteFailure.InsufficientLiquidity : QuoteFailure.None;
    }

    private static SwapDirection DirectionFrom(int tokenIn) => tokenIn == 0 ? SwapDirection.ZeroForOne : SwapDirection.OneForZero;
}
