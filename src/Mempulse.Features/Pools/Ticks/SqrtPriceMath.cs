using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Ticks;

/// <summary>Amounts between two prices, and prices after an amount, rounded in the pool's favour: SqrtPriceMath of Uniswap V3 and V4.</summary>
/// <remarks>Prices are below 2^160 and liquidity is below 2^128, so no intermediate result but the product in <see cref="AfterAmount0"/> exceeds its width.</remarks>
internal static class SqrtPriceMath
{
    private const int PriceBits = 96;
    private const int PriceLimitBits = 160;

    private static readonly UInt256 s_one = new(0, 1UL << 32, 0, 0);

    /// <summary>Amount of token 0 between two prices.</summary>
    public static UInt256 Amount0(in UInt256 low, in UInt256 high, in UInt256 liquidity, Rounding rounding)
    {
        UInt256.ShiftLeft(liquidity, PriceBits, out var numerator);
        return Divide(MultiplyDivide(numerator, high - low, high, rounding), low, rounding);
    }

    /// <summary>Amount of token 1 between two prices.</summary>
    public static UInt256 Amount1(in UInt256 low, in UInt256 high, in UInt256 liquidity, Rounding rounding) => MultiplyDivide(liquidity, high - low, s_one, rounding);

    /// <summary>The price after the pool has taken an amount.</summary>
    public static UInt256 AfterInput(in UInt256 price, in UInt256 liquidity, in UInt256 amount, SwapDirection direction) =>
        direction == SwapDirection.ZeroForOne ? AfterAmount0(price, liquidity, amount) : price + Amount1Price(liquidity, amount, Rounding.Down);

    /// <summary>The price after the pool has given an amount that it has within the range.</summary>
    public static UInt256 AfterOutput(in UInt256 price, in UInt256 liquidity, in UInt256 amount, SwapDirection direction)
    {
        if (direction == SwapDirection.ZeroForOne)
        {
            return price - Amount1Price(liquidity, amount, Rounding.Up);
        }

        UInt256.ShiftLeft(liquidity, PriceBits, out var numerator);
        UInt256.MultiplyWrapping(amount, price, out var product);
        return MultiplyDivide(numerator, price, numerator - product, Rounding.Up);
    }

    /// <summary>The product divided, for results that fit 256 bits.</summary>
    public static UInt256 MultiplyDivide(in UInt256 left, in UInt256 right, in UInt256 divisor, Rounding rounding)
    {
        Invariant.That(UInt256.TryMultiplyDivide(left, right, divisor, out var quotient, out var remainder), "INV-112", "an amount between two prices of a pool fits 256 bits");
        return rounding == Rounding.Up && !remainder.IsZero ? quotient + UInt256.One : quotient;
    }

    private static UInt256 AfterAmount0(in UInt256 price, in UInt256 liquidity, in UInt256 amount)
    {
        if (amount.IsZero)
        {
            return price;
        }

        UInt256.ShiftLeft(liquidity, PriceBits, out var numerator);
        var product = UInt256.Multiply(amount, price, out bool isWrapped);
        if (!isWrapped)
        {
            var denominator = UInt256.Add(numerator, product, out isWrapped);
            if (!isWrapped)
            {
                return MultiplyDivide(numerator, price, denominator, Rounding.Up);
            }
        }

        // As the contract does where the product does not fit.
        UInt256.Divide(numerator, price, out var quotient);
        return Divide(numerator, quotient + amount, Rounding.Up);
    }

    private static UInt256 Amount1Price(in UInt256 liquidity, in UInt256 amount, Rounding rounding)
    {
        if (amount.BitLength > PriceLimitBits)
        {
            return MultiplyDivide(amount, s_one, liquidity, rounding);
        }

        UInt256.ShiftLeft(amount, PriceBits, out var shifted);
        return Divide(shifted, liquidity, rounding);
    }

    private static UInt256 Divide(in UInt256 dividend, in UInt256 divisor, Rounding rounding)
    {
        UInt256.DivRem(dividend, divisor, out var quotient, out var remainder);
        return rounding == Rounding.Up && !remainder.IsZero ? quotient + UInt256.One : quotient;
    }
}
