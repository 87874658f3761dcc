using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;

namespace Mempulse.Features.Routes;

/// <summary>Finds the pools of the book that hops name.</summary>
public static class PoolRoutes
{
    /// <summary>Finds the pool of a hop.</summary>
    /// <param name="book">The book.</param>
    /// <param name="hop">The hop.</param>
    /// <param name="tokenIn">The token that the hop takes, which the one before it gives.</param>
    /// <param name="leg">The pool, and which of its tokens are exchanged.</param>
    /// <returns>False if the hop does not name one pool, or the book does not have it.</returns>
    public static bool TryFind(IPoolBook book, in PoolHop hop, in Address tokenIn, out RouteLeg leg)
    {
        ArgumentNullException.ThrowIfNull(book);
        leg = default;
        if ((hop.TokenIn is { } stated && stated != tokenIn) || !TryFindPool(book, hop, tokenIn, out var pool))
        {
            return false;
        }

        int given = pool.IndexOf(tokenIn);
        int received = hop.TokenOut is { } tokenOut ? pool.IndexOf(tokenOut) : pool.Tokens.Count == 2 ? 1 - given : -1;
        leg = new RouteLeg(pool, given, received);
        return given >= 0 && received >= 0 && given != received;
    }

    private static bool TryFindPool(IPoolBook book, in PoolHop hop, in Address tokenIn, [NotNullWhen(true)] out BookPool? pool)
    {
        pool = null;
        if (hop.Pool is { } named && ToAddress(named) is { } contract)
        {
            return book.TryGet(PoolKey.Of(contract), out pool);
        }

        if (hop.TokenOut is not { } tokenOut)
        {
            return false;
        }

        foreach (var candidate in book.PoolsOf(tokenIn, tokenOut))
        {
            if (!Fits(candidate, hop))
            {
                continue;
            }

            if (pool is not null)
            {
                pool = null; // two pools fit, so the hop does not say which
                return false;
            }

            pool = candidate;
        }

        return pool is not null;
    }

    private static bool Fits(BookPool pool, in PoolHop hop) =>
        hop.Pool is { } id ? pool.Key.Id == id
        : pool.Protocol == hop.Protocol && (hop.Fee is not { } fee || (pool.State is TickPool ticks && ticks.Fees.ZeroForOne == fee));

    /// <summary>The contract that a hop names; null if it names a pool by an id.</summary>
    internal static Address? ToAddress(in Hash256 word)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        word.CopyTo(bytes);
        return bytes[..(Hash256.Size - Address.Size)].ContainsAnyExcept((byte)0) ? null : new Address(bytes[(Hash256.Size - Address.Size)..]);
    }
}
