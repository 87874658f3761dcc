using Mempulse.Primitives;

namespace Mempulse.Features.Pools;

/// <summary>The state of a pool at one moment, which answers what a swap would do, equal to the contract bit for bit.</summary>
/// <remarks>Immutable: a swap gives another pool. Tokens are named by their index in the pool, from 0.</remarks>
public interface IPool
{
    /// <summary>Number of tokens.</summary>
    int TokenCount { get; }

    /// <summary>The swap of exactly <paramref name="amountIn"/>.</summary>
    Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn);

    /// <summary>The swap for exactly <paramref name="amountOut"/>, with the input that the contract or its router computes for it.</summary>
    Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut);

    /// <summary>The swap of exactly <paramref name="amountIn"/> and the pool after it.</summary>
    PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn);
}
