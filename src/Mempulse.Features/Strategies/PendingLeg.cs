using Mempulse.Features.Book;
using Mempulse.Features.Pools;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>What a pending swap does in one pool.</summary>
/// <param name="Pool">The pool as the book has it.</param>
/// <param name="Before">Its state when the swap comes to it: after what the same transaction did before.</param>
/// <param name="TokenIn">Index of the token that it takes.</param>
/// <param name="TokenOut">Index of the token that it gives.</param>
/// <param name="AmountIn">What it takes.</param>
/// <param name="AmountOut">What it gives.</param>
public readonly record struct PendingLeg(BookPool Pool, IPool Before, int TokenIn, int TokenOut, UInt256 AmountIn, UInt256 AmountOut)
{
    /// <summary>The leg as an event records it.</summary>
    public OppLeg ToLeg() => new(Pool.Key.Contract, Pool.Key.Id, Pool.Tokens[TokenIn], Pool.Tokens[TokenOut], AmountIn, AmountOut);
}
