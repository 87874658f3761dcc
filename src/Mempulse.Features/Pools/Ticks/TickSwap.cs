using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Ticks;

/// <summary>One swap through the ticks of a pool, step by step as the contract goes.</summary>
internal ref struct TickSwap
{
    private const int LiquidityBits = 128;

    private readonly TickTable _ticks;
    private readonly SwapDirection _direction;
    private readonly SwapExactness _exactness;
    private readonly uint _fee;
    private UInt256 _price;
    private UInt256 _liquidity;
    private int _tick;
    private bool _isBetweenTicks; // the price left its tick, which is not computed yet
    private UInt256 _remaining;
    private UInt256 _amountIn;
    private UInt256 _amountOut;

    private TickSwap(TickTable ticks, in TickState state, uint fee, SwapDirection direction, SwapExactness exactness, in UInt256 amount)
    {
        (_ticks, _fee, _direction, _exactness) = (ticks, fee, direction, exactness);
        (_price, _tick, _liquidity) = (state.SqrtPriceX96, state.Tick, state.Liquidity);
        _remaining = amount;
    }

    /// <summary>Swaps until the amount is used up or the price reaches <paramref name="limit"/>.</summary>
    /// <param name="ticks">The ticks.</param>
    /// <param name="state">The pool before.</param>
    /// <param name="fee">Fee in millionths.</param>
    /// <param name="direction">Which token is given.</param>
    /// <param name="exactness">Which amount <paramref name="amount"/> is.</param>
    /// <param name="amount">The amount; not zero.</param>
    /// <param name="limit">The price at which the swap ends; on the way of the direction.</param>
    /// <param name="after">The pool after.</param>
    /// <returns>The amounts so far. The failure is InsufficientLiquidity if the limit ended the swap.</returns>
    public static Quote Run(TickTable ticks, in TickState state, uint fee, SwapDirection direction, SwapExactness exactness, in UInt256 amount, in UInt256 limit, out TickState after)
    {
        var swap = new TickSwap(ticks, state, fee, direction, exactness, amount);
        var failure = swap.Run(limit);
        after = new TickState(swap._price, swap._isBetweenTicks ? TickMath.TickAt(swap._price) : swap._tick, swap._liquidity);
        return new Quote(swap._amountIn, swap._amountOut, failure);
    }

    /// <summary>The amounts of the same swap, without the pool after it, whose tick costs as much as they do.</summary>
    public static Quote Amounts(TickTable ticks, in TickState state, uint fee, SwapDirection direction, SwapExactness exactness, in UInt256 amount, in UInt256 limit)
    {
        var swap = new TickSwap(ticks, state, fee, direction, exactness, amount);
        var failure = swap.Run(limit);
        return new Quote(swap._amountIn, swap._amountOut, failure);
    }

    /// <remarks>Each step reaches another stop of the table or uses the amount up, so the tracked words bound the steps.</remarks>
    private QuoteFailure Run(in UInt256 limit)
    {
        while (!_remaining.IsZero)
        {
            if (_price == limit)
            {
                return QuoteFailure.InsufficientLiquidity;
            }

            bool isKnown = _liquidity.IsZero
                ? _ticks.TryNextInitialized(_tick, _direction, out int next, out var net)
                : _ticks.TryNext(_tick, _direction, out next, out net);
            if (!isKnown)
            {
                return QuoteFailure.IncompleteLiquidity;
            }

            next = Math.Clamp(next, TickMath.MinTick, TickMath.MaxTick);
            var start = _price;
            var stop = TickMath.SqrtPriceAt(next);
            Step((_direction == SwapDirection.ZeroForOne ? stop < limit : stop > limit) ? limit : stop);
            if (_price == stop)
            {
                if (!TryCross(net))
                {
                    return QuoteFailure.Overflow;
                }

                _tick = _direction == SwapDirection.ZeroForOne ? next - 1 : next;
            }
            else
            {
                _isBetweenTicks = _price != start; // the last step
            }
        }

        return QuoteFailure.None;
    }

    /// <summary>Moves the price towards <paramref name="target"/> as far as the amount goes.</summary>
    private void Step(in UInt256 target)
    {
        UInt256 amountIn;
        UInt256 amountOut;
        if (_exactness == SwapExactness.Input)
        {
            var reached = AfterInput(target, out amountIn);
            amountOut = OutputUpTo(reached);
            _price = reached;
            _remaining -= amountIn;
        }
        else
        {
            var reached = AfterOutput(target, out amountOut);
            amountIn = WithFee(InputUpTo(reached));
            _price = reached;
            _remaining -= amountOut;
        }

        _amountIn += amountIn;
        _amountOut += amountOut;
    }

    private readonly UInt256 AfterInput(in UInt256 target, out UInt256 amountIn)
    {
        var priced = SqrtPriceMath.MultiplyDivide(_remaining, TickFees.Whole - _fee, TickFees.Whole, Rounding.Down);
        var needed = InputUpTo(target);
        if (priced >= needed)
        {
            amountIn = WithFee(needed);
            return target;
        }

        // What the price cannot use is fee.
        amountIn = _remaining;
        return SqrtPriceMath.AfterInput(_price, _liquidity, priced, _direction);
    }

    private readonly UInt256 AfterOutput(in UInt256 target, out UInt256 amountOut)
    {
        amountOut = OutputUpTo(target);
        if (_remaining >= amountOut)
        {
            return target;
        }

        amountOut = _remaining;
        return SqrtPriceMath.AfterOutput(_price, _liquidity, amountOut, _direction);
    }

    private readonly UInt256 InputUpTo(in UInt256 price) => _direction == SwapDirection.ZeroForOne
        ? SqrtPriceMath.Amount0(price, _price, _liquidity, Rounding.Up)
        : SqrtPriceMath.Amount1(_price, price, _liquidity, Rounding.Up);

    private readonly UInt256 OutputUpTo(in UInt256 price) => _direction == SwapDirection.ZeroForOne
        ? SqrtPriceMath.Amount1(price, _price, _liquidity, Rounding.Down)
        : SqrtPriceMath.Amount0(_price, price, _liquidity, Rounding.Down);

    /// <summary>An amount with its fee. With a fee of all the input only nothing can be priced.</summary>
    private readonly UInt256 WithFee(in UInt256 amount) =>
        amount.IsZero ? amount : amount + SqrtPriceMath.MultiplyDivide(amount, _fee, TickFees.Whole - _fee, Rounding.Up);

    /// <summary>Brings the liquidity of a tick into range, or takes it out on the way down; false if the contract could not keep the sum.</summary>
    private bool TryCross(Int128 net)
    {
        bool isAdded = (net >= 0) == (_direction == SwapDirection.OneForZero);
        var size = Word(net < 0 ? unchecked((UInt128)(-net)) : (UInt128)net); // the magnitude of the least number is its own bit pattern
        if (!isAdded && _liquidity < size)
        {
            return false;
        }

        _liquidity = isAdded ? _liquidity + size : _liquidity - size;
        return _liquidity.BitLength <= LiquidityBits;
    }

    private static UInt256 Word(UInt128 value) => new((ulong)(value & ulong.MaxValue), (ulong)(value >> 64), 0, 0);
}
