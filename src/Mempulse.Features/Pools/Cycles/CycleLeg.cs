namespace Mempulse.Features.Pools.Cycles;

/// <summary>One swap of a cycle.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="TokenIn">Index of the token that is given.</param>
/// <param name="TokenOut">Index of the token that is received; the next leg gives it.</param>
public readonly record struct CycleLeg(IPool Pool, int TokenIn, int TokenOut);
