using Mempulse.Primitives;

namespace Mempulse.Features.Pools.ConstantProduct;

/// <summary>One direction of a constant product pool.</summary>
/// <param name="ReserveIn">The reserve of the token that is given.</param>
/// <param name="ReserveOut">The reserve of the token that is received.</param>
/// <param name="Fee">The pool's fee.</param>
/// <remarks>Reserves are below 2^112, as the pair keeps them.</remarks>
public readonly record struct ProductLeg(UInt256 ReserveIn, UInt256 ReserveOut, ProductFee Fee)
{
    /// <summary>The largest reserve: 2^112 - 1.</summary>
    public static UInt256 MaxReserve { get; } = new(ulong.MaxValue, (1UL << 48) - 1, 0, 0);

    /// <summary>What the pool gives for <paramref name="amountIn"/>: UniswapV2Library.getAmountOut, and what UniswapV2Pair.swap refuses.</summary>
    public Quote ExactInput(in UInt256 amountIn)
    {
        if (amountIn.IsZero)
        {
            return Quote.Refusal(QuoteFailure.NothingGiven);
        }

        if (ReserveIn.IsZero || ReserveOut.IsZero)
        {
            return Quote.Refusal(QuoteFailure.InsufficientLiquidity);
        }

        // Past this the pair refuses the new reserve; below it no product exceeds 256 bits.
        if (MaxReserve - ReserveIn < amountIn)
        {
            return Quote.Refusal(QuoteFailure.Overflow);
        }

        var priced = amountIn * Fee.Numerator;
        UInt256.MultiplyWrapping(priced, ReserveOut, out var numerator);
        UInt256.Divide(numerator, (ReserveIn * Fee.Denominator) + priced, out var amountOut);
        return new Quote(amountIn, amountOut, amountOut.IsZero ? QuoteFailure.NothingReceived : QuoteFailure.None);
    }

    /// <summary>What the pool takes for <paramref name="amountOut"/>: UniswapV2Library.getAmountIn, which may be one more than the least.</summary>
    public Quote ExactOutput(in UInt256 amountOut)
    {
        if (amountOut.IsZero)
        {
            return Quote.Refusal(QuoteFailure.NothingReceived);
        }

        if (ReserveIn.IsZero || amountOut >= ReserveOut)
        {
            return Quote.Refusal(QuoteFailure.InsufficientLiquidity);
        }

        UInt256.MultiplyWrapping(ReserveIn * Fee.Denominator, amountOut, out var numerator);
        UInt256.Divide(numerator, (ReserveOut - amountOut) * Fee.Numerator, out var quotient);
        var amountIn = quotient + UInt256.One;
        return MaxReserve - ReserveIn < amountIn ? Quote.Refusal(QuoteFailure.Overflow) : new Quote(amountIn, amountOut, QuoteFailure.None);
    }

    /// <summary>The least input for which the pool gives <paramref name="amountOut"/> or more.</summary>
    /// <param name="amountOut">Above zero and below the reserve.</param>
    public UInt256 LeastInput(in UInt256 amountOut)
    {
        UInt256.MultiplyWrapping(ReserveIn * Fee.Denominator, amountOut, out var numerator);
        UInt256.DivRem(numerator, (ReserveOut - amountOut) * Fee.Numerator, out var quotient, out var remainder);
        return remainder.IsZero ? quotient : quotient + UInt256.One;
    }

    /// <summary>The same direction after a swap.</summary>
    public ProductLeg After(in Quote swap) => this with { ReserveIn = ReserveIn + swap.AmountIn, ReserveOut = ReserveOut - swap.AmountOut };

    /// <summary>The other direction of the same pool.</summary>
    public ProductLeg Reversed() => new(ReserveOut, ReserveIn, Fee);
}
