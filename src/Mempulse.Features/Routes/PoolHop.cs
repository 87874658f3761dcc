using Mempulse.Primitives;

namespace Mempulse.Features.Routes;

/// <summary>One pool that a swap goes through, as its arguments name it.</summary>
/// <param name="TokenIn">The token that the pool takes; null if only the hop before says it.</param>
/// <param name="TokenOut">The token that it gives; null if only the pool says it.</param>
public readonly record struct PoolHop(Address? TokenIn, Address? TokenOut)
{
    /// <summary>The protocol of the pool; null if it is not known, so that tokens alone do not name a pool.</summary>
    public string? Protocol { get; init; }

    /// <summary>The fee that the pool is named by, in millionths; null if it is not.</summary>
    public uint? Fee { get; init; }

    /// <summary>The pool's address, as a number, or its id; null if it is named by its tokens.</summary>
    public Hash256? Pool { get; init; }
}
