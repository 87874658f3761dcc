using Mempulse.Primitives;

namespace Mempulse.Features.Pools.ConstantProduct;

/// <summary>A pool of Uniswap V2 or a fork of it: the product of its reserves does not fall.</summary>
/// <param name="Reserve0">Reserve of token 0; below 2^112.</param>
/// <param name="Reserve1">Reserve of token 1; below 2^112.</param>
/// <param name="Fee">The fee.</param>
public sealed record ConstantProductPool(UInt256 Reserve0, UInt256 Reserve1, ProductFee Fee) : IPool
{
    /// <inheritdoc/>
    public int TokenCount => 2;

    /// <summary>The direction from <paramref name="tokenIn"/> to the other token.</summary>
    public ProductLeg From(int tokenIn) => tokenIn == 0 ? new ProductLeg(Reserve0, Reserve1, Fee) : new ProductLeg(Reserve1, Reserve0, Fee);

    /// <inheritdoc/>
    public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        return From(tokenIn).ExactInput(amountIn);
    }

    /// <inheritdoc/>
    public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
    {
        TokenIndex.Check(this, tokenIn, tokenOut);
        return From(tokenIn).ExactOutput(amountOut);
    }

    /// <inheritdoc/>
    public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
    {
        var quote = QuoteExactInput(tokenIn, tokenOut, amountIn);
        if (!quote.IsFilled)
        {
            return new PoolSwap(quote, this);
        }

        var after = From(tokenIn).After(quote);
        return new PoolSwap(quote, tokenIn == 0 ? this with { Reserve0 = after.ReserveIn, Reserve1 = after.ReserveOut } : this with { Reserve0 = after.ReserveOut, Reserve1 = after.ReserveIn });
    }

    /// <summary>The pool after a token was transferred to it and synced: what an input that is too small to receive anything does.</summary>
    public ConstantProductPool Given(int token, in UInt256 amount) => token == 0 ? this with { Reserve0 = Reserve0 + amount } : this with { Reserve1 = Reserve1 + amount };
}
