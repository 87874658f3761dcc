using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>The pools that a fact moved, in ascending order.</summary>
internal static class MovedPools
{
    /// <summary>The pool of an opportunity that moved; null if none did.</summary>
    public static PoolKey? FirstOf(OppEntry opp, IReadOnlyList<PoolKey> moved)
    {
        foreach (var leg in opp.Detected.Legs)
        {
            var key = PoolUse.KeyOf(leg);
            if (IsAmong(moved, key))
            {
                return key;
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
    public static Hash256? RivalIn(OpportunityTables tables, in PoolKey pool, in Hash256 tx, IMempoolView view, Hash256? block)
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
