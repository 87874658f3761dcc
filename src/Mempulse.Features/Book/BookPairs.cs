using System.Runtime.InteropServices;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>The pairs of tokens whose pools are in the book, and which of them there is room for.</summary>
/// <remarks>
/// Each <see cref="PairStanding"/> has its own limit. A full group of untraded pairs evicts one of the sender with the most pairs; the group of traded pairs
/// evicts the one that was traded longest ago. An evicted pair is requested again once there is room, as long as its transaction waits.
/// </remarks>
internal sealed class BookPairs
{
    private readonly BookPools _pools;
    private readonly BookBounds _bounds;
    private readonly EntryTable<TokenPair, PairEntry> _pairs;
    private readonly PairQueue[] _queues = [new(), new(), new(), new(), new()]; // by standing
    private readonly LookupTable<Address, AbsentPool> _absent = new();
    private ulong _evicted; // pools evicted since TakeEvicted

    public BookPairs(EntryLedger ledger, BookPools pools, BookBounds bounds)
    {
        (_pools, _bounds) = (pools, bounds);
        _pairs = new EntryTable<TokenPair, PairEntry>(ledger);
    }

    /// <summary>Number of evicted pairs that are still remembered.</summary>
    public int LetGoCount => _queues[(int)PairStanding.LetGo].Count;

    public ReadOnlySpan<PoolEntry> PoolsOf(TokenPair tokens) => _pairs.TryGet(tokens, out var pair) ? CollectionsMarshal.AsSpan(pair.Pools) : default;

    /// <summary>Returns how many pools were evicted since the last call.</summary>
    public ulong TakeEvicted()
    {
        ulong evicted = _evicted;
        _evicted = 0;
        return evicted;
    }

    /// <summary>Asks for the pools of two tokens.</summary>
    public void Ask(TokenPair tokens, PoolUniverse universe, in AskingTx asking, IMempoolView view)
    {
        if (!_pairs.TryGet(tokens, out var pair))
        {
            pair = new PairEntry(tokens, asking);
            _pairs.Add(pair);
            Begin(pair, universe);
            return;
        }

        if (pair.Latest == asking && pair.Standing != PairStanding.LetGo)
        {
            return;
        }

        _pairs.Changing(pair);
        pair.Latest = asking;
        if (pair.Standing == PairStanding.Traded)
        {
            return; // requests do not keep what blocks no longer trade
        }

        bool isOwned = IsWaiting(pair.Owner, view);
        if (isOwned && pair.Standing != PairStanding.LetGo)
        {
            QueueOf(pair).MoveToEnd(pair);
            return;
        }

        QueueOf(pair).Remove(pair);
        pair.Owner = isOwned ? pair.Owner : asking;
        if (pair.Standing == PairStanding.LetGo)
        {
            Begin(pair, universe);
        }
        else
        {
            QueueOf(pair).Append(pair);
        }
    }

    /// <summary>Asks for the pools of factories that were not known before.</summary>
    public void Extend(PoolUniverse universe)
    {
        foreach (var pair in _pairs.SortedByKey())
        {
            if (pair.Standing == PairStanding.LetGo || !AddPools(pair, universe))
            {
                continue;
            }

            if (pair.Standing == PairStanding.Empty)
            {
                Move(pair, PairStanding.Asked);
            }
        }

        MakeRoom();
    }

    /// <summary>Requests evicted pairs again whose transactions still wait, as far as there is room.</summary>
    public void AskAgain(PoolUniverse universe, IMempoolView view)
    {
        var letGo = _queues[(int)PairStanding.LetGo];
        foreach (var pair in letGo.Count == 0 ? [] : letGo.ToList(_bounds.AskedAgain))
        {
            _pairs.Changing(pair);
            letGo.Remove(pair);
            pair.Owner = IsWaiting(pair.Owner, view) ? pair.Owner : pair.Latest;
            if (!IsWaiting(pair.Owner, view))
            {
                _pairs.Remove(pair);
            }
            else if (HasRoom(pair, universe))
            {
                Begin(pair, universe);
            }
            else
            {
                letGo.Append(pair); // the others have their turn first
            }
        }
    }

    /// <summary>Takes what was read of a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="state">Its state; null if it does not exist.</param>
    /// <param name="at">The height of the block.</param>
    /// <param name="isProven">True if the block's state root proves it.</param>
    public void Observe(PoolEntry pool, PoolState? state, BlockNumber at, bool isProven)
    {
        var pair = pool.Pair!;
        if (state is not null)
        {
            _pools.Change(pool, read => read.Observe(state, at, isProven));
            if (pair.Standing == PairStanding.Asked)
            {
                _pairs.Changing(pair);
                Move(pair, PairStanding.Held);
                MakeRoom();
            }

            return;
        }

        _pairs.Changing(pair);
        _pools.Remove(pool);
        QueueOf(pair).Resize(-1);
        pair.Absent.Add(pool.Key.Contract);
        _absent.Add(new AbsentPool(pool.Key.Contract, pair));
        if (pair.Pools.Count == 0)
        {
            Move(pair, PairStanding.Empty);
        }

        while (_absent.Count > _bounds.Absent && _queues[(int)PairStanding.Empty].Oldest is { } oldest)
        {
            Leave(oldest);
        }
    }

    /// <summary>A block changed a pool of a pair.</summary>
    public void Trade(PairEntry pair, BlockNumber at)
    {
        if (pair.Pools.Count == 0 || (pair.Standing == PairStanding.Traded && pair.TradedAt == at))
        {
            return; // evicted meanwhile, or already noted
        }

        _pairs.Changing(pair);
        pair.TradedAt = at;
        Move(pair, PairStanding.Traded);
        MakeRoom();
    }

    /// <summary>A block has an event of an address at which there was no pool: it is to be read.</summary>
    public void Revive(in Address contract, PoolUniverse universe, BlockNumber at)
    {
        if (!_absent.TryGet(contract, out var absent))
        {
            return;
        }

        _pairs.Changing(absent.Pair);
        absent.Pair.Absent.Remove(contract);
        _absent.Remove(contract);
        if (AddPools(absent.Pair, universe))
        {
            Trade(absent.Pair, at);
        }
    }

    /// <summary>Every pair with a token leaves the book.</summary>
    public void Leave(in Address token)
    {
        foreach (var pair in _pairs.SortedByKey())
        {
            if (pair.Key.Low == token || pair.Key.High == token)
            {
                Leave(pair);
            }
        }
    }

    /// <summary>The pools that are to be read: first those of pairs that blocks trade, then those that were set aside, then by turns those asked for last and first.</summary>
    public IReadOnlyList<PoolDescriptor> Wanted(int most)
    {
        var plan = new ReadingPlan(most);
        if (_pools.WantedCount > 0)
        {
            plan.AddNewest(_queues[(int)PairStanding.Traded]);
            plan.AddNewest(_queues[(int)PairStanding.Held]);
            plan.AddByTurns(_queues[(int)PairStanding.Asked]);
        }

        return plan.Pools;
    }

    public void Save(CheckpointWriter writer)
    {
        foreach (var queue in _queues)
        {
            writer.Values.Write(queue.LastOrdinal);
        }

        _pools.Save(writer);
        writer.Save(_pairs);
    }

    public void Restore(ref CheckpointReader reader)
    {
        ulong[] last = new ulong[_queues.Length];
        for (int i = 0; i < last.Length; i++)
        {
            last[i] = reader.Values.ReadUInt64();
        }

        _pools.Restore(ref reader);
        reader.Restore(_pairs, PairEntry.Decode);
        foreach (var pool in _pools.SortedByKey())
        {
            _pools.Restore(_pairs.TryGet(pool.Descriptor.Tokens, out var pair) ? pair : throw reader.Values.Malformed($"pool {pool.Key} is of a pair that is not there"), pool);
        }

        var pairs = _pairs.SortedByKey();
        foreach (var pair in pairs)
        {
            pair.Absent.ForEach(contract => _absent.Add(new AbsentPool(contract, pair)));
        }

        for (int i = 0; i < _queues.Length; i++)
        {
            _queues[i].Restore([.. pairs.Where(pair => (int)pair.Standing == i)], last[i]);
        }
    }

    public void AssertInvariants()
    {
        var pairs = _pairs.SortedByKey();
        Invariant.That(
            IsWithin(PairStanding.Asked, _bounds.Asked) && IsWithin(PairStanding.Held, _bounds.Held) && IsWithin(PairStanding.Traded, _bounds.Traded) && LetGoCount <= _bounds.LetGo,
            "INV-115",
            "no more pools are in the book than the bounds say");
        Invariant.That(
            pairs.All(static pair => pair.Pools.Count > 0 == pair.Standing is PairStanding.Asked or PairStanding.Held or PairStanding.Traded)
            && pairs.Sum(static pair => pair.Pools.Count) == _pools.Count && _queues.Sum(static queue => queue.Count) == pairs.Count,
            "INV-150",
            "every pair is in the queue of its standing, and its pools are in the book");
    }

    private static bool IsWaiting(in AskingTx tx, IMempoolView view) => view.StateOf(tx.Hash) is TxState.Pending or TxState.Queued;

    private bool IsWithin(PairStanding standing, int most) => _queues[(int)standing].PoolCount <= most;

    private PairQueue QueueOf(PairEntry pair) => _queues[(int)pair.Standing];

    /// <summary>Asks for the pools of a pair that is in no queue.</summary>
    private void Begin(PairEntry pair, PoolUniverse universe)
    {
        pair.Standing = PairStanding.Empty;
        QueueOf(pair).Append(pair);
        if (AddPools(pair, universe))
        {
            Move(pair, PairStanding.Asked);
            MakeRoom();
        }
    }

    /// <summary>Adds the pools that a factory makes of a pair and that are not known yet.</summary>
    /// <returns>True if there are any.</returns>
    private bool AddPools(PairEntry pair, PoolUniverse universe)
    {
        int before = pair.Pools.Count;
        foreach (var factory in universe.Factories)
        {
            foreach (var tier in factory.Tiers)
            {
                var key = PoolKey.Of(factory.PoolOf(pair.Key.Low, pair.Key.High, tier));
                if (!_pools.TryGet(key, out _) && !_absent.TryGet(key.Contract, out _))
                {
                    _pools.Add(pair, new PoolDescriptor(key, factory.Protocol, factory.Form, pair.Key, tier));
                }
            }
        }

        QueueOf(pair).Resize(pair.Pools.Count - before);
        return pair.Pools.Count > before;
    }

    private void Move(PairEntry pair, PairStanding standing)
    {
        _pairs.Changing(pair);
        QueueOf(pair).Remove(pair);
        pair.Standing = standing;
        QueueOf(pair).Append(pair);
    }

    /// <summary>True if there is room for a pair, or if a sender has so many that one of those may be evicted.</summary>
    private bool HasRoom(PairEntry pair, PoolUniverse universe)
    {
        var asked = _queues[(int)PairStanding.Asked];
        int pools = universe.Factories.Sum(static factory => factory.Tiers.Count);
        return asked.PoolCount + pools <= _bounds.Asked || asked.LargestShare > asked.ShareOf(pair.Owner.Sender) + 1;
    }

    private void MakeRoom()
    {
        var (asked, held, traded) = (_queues[(int)PairStanding.Asked], _queues[(int)PairStanding.Held], _queues[(int)PairStanding.Traded]);
        while (asked.PoolCount > _bounds.Asked && asked.OldestOfTheLargest is { } pair)
        {
            LetGo(pair);
        }

        while (held.PoolCount > _bounds.Held && held.OldestOfTheLargest is { } pair)
        {
            LetGo(pair);
        }

        while (traded.PoolCount > _bounds.Traded && traded.Oldest is { } pair)
        {
            LetGo(pair);
        }
    }

    private void LetGo(PairEntry pair)
    {
        _evicted += (ulong)pair.Pools.Count;
        _pairs.Changing(pair);
        Clear(pair);
        Move(pair, PairStanding.LetGo);
        if (LetGoCount > _bounds.LetGo)
        {
            Leave(_queues[(int)PairStanding.LetGo].Oldest!);
        }
    }

    private void Leave(PairEntry pair)
    {
        _pairs.Changing(pair);
        Clear(pair);
        QueueOf(pair).Remove(pair);
        _pairs.Remove(pair);
    }

    private void Clear(PairEntry pair)
    {
        QueueOf(pair).Resize(-pair.Pools.Count);
        foreach (var pool in pair.Pools.ToArray())
        {
            _pools.Remove(pool);
        }

        pair.Absent.ForEach(contract => _absent.Remove(contract));
        pair.Absent.Clear();
    }
}
