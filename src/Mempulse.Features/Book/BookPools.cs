using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>The pools of the book by key and by token. Which of them there is room for is up to <see cref="BookPairs"/>.</summary>
internal sealed class BookPools(EntryLedger ledger)
{
    private readonly EntryTable<PoolKey, PoolEntry> _pools = new(ledger);
    private readonly LookupTable<Address, TokenNeighbours> _neighbours = new();
    private readonly SortedSet<PoolKey> _held = [];

    /// <summary>Number of pools, whatever is known of them.</summary>
    public int Count => _pools.Count;

    /// <summary>Number of pools that can be quoted.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Number of pools that are to be read.</summary>
    public int WantedCount => Count - HeldCount;

    /// <summary>The pools whose state changed, came or went since <see cref="ClearChanges"/>; some may be named twice.</summary>
    public List<PoolKey> Changed { get; } = [];

    public void ClearChanges() => Changed.Clear();

    public bool TryGet(in PoolKey key, [NotNullWhen(true)] out PoolEntry? pool) => _pools.TryGet(key, out pool);

    public IReadOnlyList<Address> NeighboursOf(in Address token) => _neighbours.TryGet(token, out var neighbours) ? neighbours.Tokens : [];

    public IReadOnlyList<PoolEntry> SortedByKey() => _pools.SortedByKey();

    /// <summary>Adds a pool of which nothing is known.</summary>
    public void Add(PairEntry pair, PoolDescriptor descriptor)
    {
        var pool = new PoolEntry(descriptor);
        Attach(pair, pool);
        _pools.Add(pool);
    }

    public void Remove(PoolEntry pool)
    {
        bool wasHeld = pool.Standing == PoolStanding.Held;
        Changed.Add(pool.Key);
        pool.Pair!.Pools.Remove(pool);
        _pools.Remove(pool);
        if (wasHeld)
        {
            Hide(pool);
        }
    }

    /// <summary>Changes a pool, and keeps what depends on its standing.</summary>
    public void Change(PoolEntry pool, Action<PoolEntry> change)
    {
        bool wasHeld = pool.Standing == PoolStanding.Held;
        ledger.Changing(pool);
        change(pool);
        Changed.Add(pool.Key);
        Index(pool, wasHeld);
    }

    /// <summary>Pools that are held, from a key on and then from the first.</summary>
    public IReadOnlyList<PoolEntry> HeldFrom(PoolKey first, int most)
    {
        var found = new List<PoolEntry>();
        if (_held.Count > 0)
        {
            var keys = _held.GetViewBetween(first, _held.Max < first ? first : _held.Max).Concat(_held).Take(int.Min(most, _held.Count));
            foreach (var key in keys)
            {
                if (_pools.TryGet(key, out var pool))
                {
                    found.Add(pool);
                }
            }
        }

        return found;
    }

    public void Save(CheckpointWriter writer) => writer.Save(_pools);

    public void Restore(ref CheckpointReader reader) => reader.Restore(_pools, PoolEntry.Decode);

    /// <summary>Puts a pool of a checkpoint into its pair.</summary>
    public void Restore(PairEntry pair, PoolEntry pool)
    {
        Attach(pair, pool);
        Index(pool, wasHeld: false);
    }

    public void AssertInvariants() => Invariant.That(
        _pools.SortedByKey().Where(static pool => pool.Standing == PoolStanding.Held).Select(static pool => pool.Key).SequenceEqual(_held),
        "INV-116",
        "the pools that are held are those whose standing says so");

    private static void Attach(PairEntry pair, PoolEntry pool)
    {
        pool.Pair = pair;
        int place = pair.Pools.FindIndex(other => other.Key.CompareTo(pool.Key) > 0);
        pair.Pools.Insert(place < 0 ? pair.Pools.Count : place, pool);
    }

    private void Index(PoolEntry pool, bool wasHeld)
    {
        bool isHeld = pool.Standing == PoolStanding.Held;
        if (isHeld && !wasHeld)
        {
            var tokens = pool.Descriptor.Tokens;
            _held.Add(pool.Key);
            NeighboursEntry(tokens.Low).Add(tokens.High);
            NeighboursEntry(tokens.High).Add(tokens.Low);
        }
        else if (wasHeld && !isHeld)
        {
            Hide(pool);
        }
    }

    private void Hide(PoolEntry pool)
    {
        _held.Remove(pool.Key);
        if (!pool.Pair!.Pools.Exists(static other => other.Standing == PoolStanding.Held))
        {
            var tokens = pool.Descriptor.Tokens;
            Unlink(tokens.Low, tokens.High);
            Unlink(tokens.High, tokens.Low);
        }
    }

    private void Unlink(in Address token, in Address other)
    {
        if (_neighbours.TryGet(token, out var neighbours))
        {
            neighbours.Remove(other);
            if (neighbours.Tokens.Count == 0)
            {
                _neighbours.Remove(token);
            }
        }
    }

    private TokenNeighbours NeighboursEntry(in Address token)
    {
        if (!_neighbours.TryGet(token, out var neighbours))
        {
            neighbours = new TokenNeighbours(token);
            _neighbours.Add(neighbours);
        }

        return neighbours;
    }
}
