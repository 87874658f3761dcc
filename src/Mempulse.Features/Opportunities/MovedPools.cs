using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>The pools that a fact moved, in ascending order.</summary>
internal static class MovedPools
{
    /// <summary>How an opportunity ends because something of it moved, and by what; null if nothing did.</summary>
    public static (OppEnd End, Hash256? By)? EndOf(OppEntry opp, OpportunityRules rules, OpportunityTables tables, IMempoolView view)
    {
        bool isInMarket = opp.Detected.Purpose == OppPurpose.Liquidation;
        if (FirstOf(opp, isInMarket ? rules.Markets.Changed : rules.Book.Changed) is not { } key)
        {
            return null;
        }

        var head = isInMarket ? rules.Markets.Head : rules.Book.Head;
        var rival = RivalIn(tables, key, opp.Detected.Trigger, view, head?.Hash);
        return (rival is null ? OppEnd.PoolMoved : OppEnd.ConflictIncluded, rival ?? head?.Hash);
    }

    /// <summary>The pool of an opportunity that moved; null if none did.</summary>
    private static PoolKey? FirstOf(OppEntry opp, IReadOnlyList<PoolKey> moved)
    {
        foreach (var leg in opp.Detected.Legs)
        {
            var key = PoolUse.KeyOf(leg);
            if (IsAmong(moved, key))
            {
                return key;
            }

            if (!key.Id.IsZero && IsAmong(moved, PoolKey.Of(key.Contract)))
            {
                return PoolKey.Of(key.Contract); // all of a market moved
            }
        }

        return null;
    }

    /// <summary>Looks for a pool in a list in ascending order.</summary>
    private static bool IsAmong(IReadOnlyList<PoolKey> sorted, in PoolKey key)
    {
        var (low, high) = (0, sorted.Count - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = sorted[middle].CompareTo(key);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>Another trigger that moved a pool in a block; the one with the lowest hash. None where the book is at no block.</summary>
    private static Hash256? RivalIn(OpportunityTables tables, in PoolKey pool, in Hash256 tx, IMempoolView view, Hash256? block)
    {
        if (block is null)
        {
            return null; // or a trigger that is in no block would be taken for one of this block
        }

        Hash256? rival = null;
        foreach (var other in tables.TriggersOf(pool))
        {
            if (other != tx && (rival is not { } found || other < found) && view.TryGetTx(other, out var held) && held.Inclusion?.Block == block
                && tables.TryGetTrigger(other, out var trigger) && trigger.Pools.Contains(pool))
            {
                rival = other;
            }
        }

        return rival;
    }
}
