using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Opportunities;

/// <summary>The pools that can be in a cycle of two or three with a pool: when it comes or moves, triggers in them may have an opportunity that they did not have before.</summary>
internal static class CyclePools
{
    /// <summary>Third tokens whose pools are looked at for one pool; those that share pools with the most tokens come first.</summary>
    public const int MaxThirdTokens = 64;

    /// <summary>Adds the pools.</summary>
    /// <param name="book">The pools that there are.</param>
    /// <param name="pool">The pool that came or moved.</param>
    /// <param name="found">Receives the pools; some may be named twice.</param>
    /// <returns>How many third tokens were left out.</returns>
    public static int Collect(IPoolBook book, BookPool pool, List<PoolKey> found)
    {
        int leftOut = 0;
        for (int i = 0; i < pool.Tokens.Count; i++)
        {
            for (int j = i + 1; j < pool.Tokens.Count; j++)
            {
                Add(book.PoolsOf(pool.Tokens[i], pool.Tokens[j]), found);
                leftOut += CollectThird(book, pool.Tokens[i], pool.Tokens[j], found);
            }
        }

        return leftOut;
    }

    private static int CollectThird(IPoolBook book, in Address one, in Address other, List<PoolKey> found)
    {
        var third = CommonNeighbours(book, one, other);
        if (third.Count > MaxThirdTokens)
        {
            third.Sort((left, right) => book.NeighboursOf(right).Count.CompareTo(book.NeighboursOf(left).Count) is not 0 and var order ? order : left.CompareTo(right));
        }

        int looked = int.Min(third.Count, MaxThirdTokens);
        for (int i = 0; i < looked; i++)
        {
            Add(book.PoolsOf(one, third[i]), found);
            Add(book.PoolsOf(other, third[i]), found);
        }

        return third.Count - looked;
    }

    /// <summary>The tokens that share a pool with both.</summary>
    private static List<Address> CommonNeighbours(IPoolBook book, in Address one, in Address other)
    {
        var (few, many) = (book.NeighboursOf(one), book.NeighboursOf(other));
        if (few.Count > many.Count)
        {
            (few, many) = (many, few);
        }

        var common = new List<Address>();
        int at = 0;
        foreach (var token in few)
        {
            if (SortedTokens.Contains(many, token, ref at))
            {
                common.Add(token);
            }
        }

        return common;
    }

    private static void Add(IReadOnlyList<BookPool> pools, List<PoolKey> found)
    {
        foreach (var pool in pools)
        {
            found.Add(pool.Key);
        }
    }
}
