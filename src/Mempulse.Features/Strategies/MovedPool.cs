using Mempulse.Features.Book;
using Mempulse.Features.Pools;

namespace Mempulse.Features.Strategies;

/// <summary>A pool that a pending transaction moves.</summary>
/// <param name="Pool">The pool as the book has it.</param>
/// <param name="After">Its state after the whole transaction.</param>
/// <param name="TokenIn">Index of the token that it takes first.</param>
/// <param name="TokenOut">Index of the token that it gives first.</param>
public readonly record struct MovedPool(BookPool Pool, IPool After, int TokenIn, int TokenOut);
