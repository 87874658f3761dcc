using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>The pools of the book, by key and by token. Where there is no more room, the pair that nothing asked for the longest leaves with its pools.</summary>
internal sealed class BookPools
{
    private readonly EntryLedger _ledger;
    private readonly EntryTable<PoolKey, PoolEntry> _pools;
    private readonly EntryTable<TokenPair, PairEntry> _pairs;
    private readonly ArrivalList<PairEntry> _asked = new();
    private readonly LookupTable<Address, TokenNeighbours> _neighbours = new();
    private readonly SortedSet<PoolKey> _held = [];
    private readonly int _maxPools;

    public BookPools(EntryLedger ledger, int maxPools)
    {
        _ledger = ledger;
        _maxPools = maxPools;
        _pools = new EntryTable<PoolKey, PoolEntry>(ledger);
        _pairs = new EntryTable<TokenPair, PairEntry>(ledger);
    }

    /// <summary>Number of pools, whatever is known of them.</summary>
    public int Count => _pools.Count;

    /// <summary>Number of pools whose state is known.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Number of pools that are to be read.</summary>
    public int WantedCount { get; private set; }

    /// <summary>The pools whose state changed, came or went since <see cref="ClearChanges"/>; some may be named twice.</summary>
    public List<PoolKey> Changed { get; } = [];

    public void ClearChanges() => Changed.Clear();

    public bool TryGet(in PoolKey key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PoolEntry? pool) => _pools.TryGet(key, out pool);

    public IReadOnlyList<PoolEntry> PoolsOf(TokenPair tokens) => _pairs.TryGet(tokens, out var pair) ? pair.Pools : [];

    public IReadOnlyList<Address> NeighboursOf(in Address token) => _neighbours.TryGet(token, out var neighbours) ? neighbours.Tokens : [];

    public IReadOnlyList<PoolEntry> SortedByKey() => _pools.SortedByKey();

    /// <summary>Asks for the pools of two tokens.</summary>
    public void Ask(TokenPair tokens, PoolUniverse universe, BlockNumber at)
    {
        if (_pairs.TryGet(tokens, out var pair))
        {
            if (pair.AskedAt != at)
            {
                _ledger.Changing(pair);
                _asked.Remove(pair);
                _asked.Append(pair);
                pair.AskedAt = at;
            }

            return;
        }

        pair = new PairEntry(tokens) { AskedAt = at };
        foreach (var factory in universe.Factories)
        {
            foreach (var tier in factory.Tiers)
            {
                var key = PoolKey.Of(factory.PoolOf(tokens.Low, tokens.High, tier));
                if (!_pools.TryGet(key, out _))
                {
                    Add(pair, new PoolEntry(new PoolDescriptor(key, factory.Protocol, factory.Form, tokens, tier)));
                }
            }
        }

        _asked.Append(pair);
        _pairs.Add(pair);
        while (_pools.Count > _maxPools && _asked.Oldest is { } oldest && oldest != pair)
        {
            Leave(oldest);
        }
    }

    /// <summary>Changes a pool, and keeps what depends on its standing.</summary>
    public void Change(PoolEntry pool, Action<PoolEntry> change)
    {
        var before = pool.Standing;
        _ledger.Changing(pool);
        change(pool);
        Changed.Add(pool.Key);
        if (before != pool.Standing)
        {
            Tally(before, -1);
            Tally(pool.Standing, +1);
            Index(pool, wasHeld: before == PoolStanding.Held);
        }
    }

    /// <summary>The pools that are to be read, those of the pairs asked for last first.</summary>
    public IReadOnlyList<PoolDescriptor> Wanted(int most)
    {
        var wanted = new List<PoolDescriptor>();
        if (WantedCount > 0)
        {
            var pairs = new List<PairEntry>(_asked.Count);
            foreach (var pair in _asked)
            {
                pairs.Add(pair);
            }

            for (int i = pairs.Count - 1; i >= 0 && wanted.Count < most; i--)
            {
                wanted.AddRange(pairs[i].Pools.Where(static pool => pool.Standing == PoolStanding.Wanted).Select(static pool => pool.Descriptor).Take(most - wanted.Count));
            }
        }

        return wanted;
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

    public void Save(CheckpointWriter writer)
    {
        writer.Values.Write(_asked.LastOrdinal);
        writer.Save(_pools);
        writer.Save(_pairs);
    }

    public void Restore(ref CheckpointReader reader)
    {
        ulong last = reader.Values.ReadUInt64();
        reader.Restore(_pools, PoolEntry.Decode);
        reader.Restore(_pairs, PairEntry.Decode);
        foreach (var pool in _pools.SortedByKey())
        {
            if (!_pairs.TryGet(pool.Descriptor.Tokens, out var pair))
            {
                throw reader.Values.Malformed($"pool {pool.Key} is of a pair that is not there");
            }

            pair.Pools.Add(pool);
            Tally(pool.Standing, +1);
            Index(pool, wasHeld: false);
        }

        _asked.Restore(_pairs.SortedByKey(), last);
    }

    public void AssertInvariants()
    {
        var pools = _pools.SortedByKey();
        Invariant.That(_pools.Count <= _maxPools || _pairs.Count == 1, "INV-115", "no more pools are in the book than the bound says");
        Invariant.That(
            pools.Where(static pool => pool.Standing == PoolStanding.Held).Select(static pool => pool.Key).SequenceEqual(_held)
            && pools.Count(static pool => pool.Standing == PoolStanding.Wanted) == WantedCount,
            "INV-116",
            "the pools that are held or wanted are those whose standing says so");
    }

    private void Add(PairEntry pair, PoolEntry pool)
    {
        int place = pair.Pools.FindIndex(other => other.Key.CompareTo(pool.Key) > 0);
        pair.Pools.Insert(place < 0 ? pair.Pools.Count : place, pool);
        _pools.Add(pool);
        Tally(pool.Standing, +1);
    }

    private void Leave(PairEntry pair)
    {
        foreach (var pool in pair.Pools)
        {
            Changed.Add(pool.Key);
            Tally(pool.Standing, -1);
            bool wasHeld = pool.Standing == PoolStanding.Held;
            _pools.Remove(pool);
            if (wasHeld)
            {
                _held.Remove(pool.Key);
            }
        }

        pair.Pools.Clear();
        Unlink(pair.Key);
        _asked.Remove(pair);
        _pairs.Remove(pair);
    }

    private void Tally(PoolStanding standing, int change) => WantedCount += standing == PoolStanding.Wanted ? change : 0;

    private void Index(PoolEntry pool, bool wasHeld)
    {
        bool isHeld = pool.Standing == PoolStanding.Held;
        if (isHeld == wasHeld)
        {
            return;
        }

        var tokens = pool.Descriptor.Tokens;
        if (isHeld)
        {
            _held.Add(pool.Key);
            NeighboursEntry(tokens.Low).Add(tokens.High);
            NeighboursEntry(tokens.High).Add(tokens.Low);
            return;
        }

        _held.Remove(pool.Key);
        if (!PoolsOf(tokens).Any(static other => other.Standing == PoolStanding.Held))
        {
            Unlink(tokens);
        }
    }

    private void Unlink(TokenPair tokens)
    {
        Unlink(tokens.Low, tokens.High);
        Unlink(tokens.High, tokens.Low);
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
