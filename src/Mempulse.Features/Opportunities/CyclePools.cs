using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Opportunities;

/// <summary>The pools that can be in a cycle of two or three with a pool: when it comes or moves, triggers in them may have an opportunity that they did not have before.</summary>
internal static class CyclePools
{
    /// <summary>Third tokens that are tried for one pool.</summary>
    public const int MaxThirdTokens = 64;

    public static IEnumerable<PoolKey> Of(IPoolBook book, BookPool pool)
    {
        for (int i = 0; i < pool.Tokens.Count; i++)
        {
            for (int j = i + 1; j < pool.Tokens.Count; j++)
            {
                foreach (var key in Of(book, pool.Tokens[i], pool.Tokens[j]))
                {
                    yield return key;
                }
            }
        }
    }

    private static IEnumerable<PoolKey> Of(IPoolBook book, Address one, Address other)
    {
        foreach (var pool in book.PoolsOf(one, other))
        {
            yield return pool.Key;
        }

        var (few, many) = (book.NeighboursOf(one), book.NeighboursOf(other));
        foreach (var third in (few.Count < many.Count ? few : many).Where(token => token != one && token != other).Take(MaxThirdTokens))
        {
            var (first, second) = (book.PoolsOf(one, third), book.PoolsOf(other, third));
            if (first.Count > 0 && second.Count > 0)
            {
                foreach (var pool in first.Concat(second))
                {
                    yield return pool.Key;
                }
            }
        }
    }
}
