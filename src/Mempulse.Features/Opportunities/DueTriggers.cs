using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Opportunities;

/// <summary>The triggers that the strategies look at after a fact, in the order of their hashes.</summary>
internal sealed class DueTriggers(OpportunityTables tables, IPoolBook book)
{
    private readonly SortedSet<Hash256> _due = [];
    private readonly List<PoolKey> _related = [];

    public SortedSet<Hash256>.Enumerator GetEnumerator() => _due.GetEnumerator();

    public void Clear() => _due.Clear();

    public void Add(in Hash256 tx) => _due.Add(tx);

    /// <summary>Adds the triggers that use a pool which moved, came or was set aside, or one that can be in a cycle with it, or that may name it.</summary>
    public void AddMoved(in PoolKey key)
    {
        AddUsersOf(key);
        if (!book.TryGet(key, out var pool))
        {
            return;
        }

        _related.Clear();
        int leftOut = CyclePools.Collect(book, pool, _related);
        _related.ForEach(related => AddUsersOf(related));
        if (leftOut > 0)
        {
            tables.Count(totals => totals.ThirdTokensLeftOut += (ulong)leftOut);
        }

        foreach (var trigger in tables.Incomplete)
        {
            if (trigger.MayName(pool))
            {
                _due.Add(trigger.Key);
            }
        }
    }

    /// <summary>Adds the triggers that use a pool, or wait for a feed.</summary>
    public void AddUsersOf(in PoolKey pool)
    {
        foreach (var tx in tables.TriggersOf(pool))
        {
            _due.Add(tx);
        }
    }
}
