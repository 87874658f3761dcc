using Mempulse.Features.Book;

namespace Mempulse.Features.Routes;

/// <summary>A pool and the direction of a swap in it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="TokenIn">Index of the token that it takes.</param>
/// <param name="TokenOut">Index of the token that it gives.</param>
public readonly record struct RouteLeg(BookPool Pool, int TokenIn, int TokenOut);
