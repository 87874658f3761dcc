using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Pools;
using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Testing.Pools;

/// <summary>A book of pools that a test states.</summary>
public sealed class MadeBook : IPoolBook
{
    private readonly SortedDictionary<PoolKey, BookPool> _pools = [];
    private readonly Dictionary<(Address, Address), List<BookPool>> _pairs = [];
    private readonly Dictionary<Address, List<Address>> _neighbours = [];

    /// <inheritdoc/>
    public ChainBlock? Head { get; set; }

    /// <inheritdoc/>
    public int Count => _pools.Count;

    /// <inheritdoc/>
    public IReadOnlyList<PoolKey> Changed { get; set; } = [];

    /// <summary>All pools.</summary>
    public IEnumerable<BookPool> Pools => _pools.Values;

    /// <summary>Adds a pool, or replaces its state.</summary>
    public BookPool Add(in Address contract, string protocol, IReadOnlyList<Address> tokens, IPool state) => Add(PoolKey.Of(contract), protocol, tokens, state);

    /// <summary>Adds a pool, or replaces its state.</summary>
    public BookPool Add(in PoolKey key, string protocol, IReadOnlyList<Address> tokens, IPool state)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var pool = new BookPool(key, protocol, tokens, state, IsProven: true);
        _pools[pool.Key] = pool;
        for (int i = 0; i < tokens.Count; i++)
        {
            for (int j = 0; j < tokens.Count; j++)
            {
                if (i != j)
                {
                    Pair(tokens[i], tokens[j], pool);
                }
            }
        }

        return pool;
    }

    /// <inheritdoc/>
    public bool TryGet(in PoolKey key, [NotNullWhen(true)] out BookPool? pool) => _pools.TryGetValue(key, out pool);

    /// <inheritdoc/>
    public IReadOnlyList<BookPool> PoolsOf(in Address token, in Address other) => _pairs.TryGetValue((token, other), out var pools) ? pools : [];

    /// <inheritdoc/>
    public IReadOnlyList<Address> NeighboursOf(in Address token) => _neighbours.TryGetValue(token, out var tokens) ? tokens : [];

    private void Pair(in Address token, in Address other, BookPool pool)
    {
        if (!_pairs.TryGetValue((token, other), out var pools))
        {
            pools = _pairs[(token, other)] = [];
            if (!_neighbours.TryGetValue(token, out var tokens))
            {
                tokens = _neighbours[token] = [];
            }

            tokens.Insert(~tokens.BinarySearch(other), other);
        }

        int index = pools.FindIndex(one => one.Key.CompareTo(pool.Key) >= 0);
        if (index >= 0 && pools[index].Key == pool.Key)
        {
            pools[index] = pool;
        }
        else
        {
            pools.Insert(index < 0 ? pools.Count : index, pool);
        }
    }
}
