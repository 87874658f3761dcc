using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Tests.Stories;

/// <summary>A book of given pools.</summary>
internal sealed class FixedBook(params BookPool[] pools) : IPoolBook
{
    public ChainBlock? Head => null;

    public int Count => pools.Length;

    public IReadOnlyList<PoolKey> Changed => [];

    public bool TryGet(in PoolKey key, [NotNullWhen(true)] out BookPool? pool)
    {
        var wanted = key;
        pool = Array.Find(pools, pool => pool.Key == wanted);
        return pool is not null;
    }

    public IReadOnlyList<BookPool> PoolsOf(in Address token, in Address other)
    {
        var (one, two) = (token, other);
        return [.. pools.Where(pool => pool.IndexOf(one) >= 0 && pool.IndexOf(two) >= 0)];
    }

    public IReadOnlyList<Address> NeighboursOf(in Address token) => throw new NotSupportedException("No test asks for neighbours.");
}
