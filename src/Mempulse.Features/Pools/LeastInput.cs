using Mempulse.Primitives;

namespace Mempulse.Features.Pools;

/// <summary>The least input for an output, for contracts that have no swap for an exact output.</summary>
internal static class LeastInput
{
    private const int MaxInputBits = 128;

    /// <summary>Finds it by exact quotes, at most two for each bit of an input.</summary>
    /// <returns>The swap of the least input whose output is not below <paramref name="amountOut"/>.</returns>
    public static Quote Find(IPool pool, int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        if (amountOut.IsZero)
        {
            return Quote.Refusal(QuoteFailure.NothingReceived);
        }

        int bits = 0;
        while (bits < MaxInputBits && !Gives(pool, tokenIn, tokenOut, Power(bits), amountOut))
        {
            bits++;
        }

        if (bits == MaxInputBits)
        {
            return Quote.Refusal(QuoteFailure.InsufficientLiquidity);
        }

        // Power(bits) is enough and half of it is not.
        var enough = Power(bits);
        for (int bit = bits - 2; bit >= 0; bit--)
        {
            var less = enough - Power(bit);
            if (Gives(pool, tokenIn, tokenOut, less, amountOut))
            {
                enough = less;
            }
        }

        return pool.QuoteExactInput(tokenIn, tokenOut, enough);
    }

    private static bool Gives(IPool pool, int tokenIn, int tokenOut, in UInt256 amountIn, in UInt256 amountOut)
    {
        var quote = pool.QuoteExactInput(tokenIn, tokenOut, amountIn);
        return quote.IsFilled && quote.AmountOut >= amountOut;
    }

    private static UInt256 Power(int bits)
    {
        UInt256.ShiftLeft(UInt256.One, bits, out var power);
        return power;
    }
}
