using Mempulse.Primitives;

namespace Mempulse.Builder.Execution;

/// <summary>One exchange of the executor contract, as it was computed.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="TokenIn">The token that is given.</param>
/// <param name="TokenOut">The token that is received.</param>
/// <param name="IsPair">True for a constant-product pair, false for a pool with ticks that calls back.</param>
/// <param name="AmountIn">How much is given.</param>
/// <param name="AmountOut">How much a pair is asked for; a pool with ticks gives what its state says.</param>
public readonly record struct ExecutorSwap(Address Pool, Address TokenIn, Address TokenOut, bool IsPair, UInt256 AmountIn, UInt256 AmountOut);
