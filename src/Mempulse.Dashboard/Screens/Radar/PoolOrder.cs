using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The order of the pool's rows as one viewer sees it: values are always the newest, places change slowly, and not at all while somebody looks. Confined to its circuit.</summary>
internal sealed class PoolOrder
{
    /// <summary>One row in so many that are visible may move with an update.</summary>
    private const int RowsPerMove = 10;

    private List<PoolRow> _shown = [];

    /// <summary>Rows that no longer match and leave when the order may change.</summary>
    public int Gone => _shown.Count(static row => row.IsGone);

    /// <summary>Rows that arrived and wait for their place above the ones that are shown.</summary>
    public int Newer { get; private set; }

    /// <summary>The rows as they are shown.</summary>
    public IReadOnlyList<PoolRow> Shown => _shown;

    /// <summary>Takes the newest rows.</summary>
    /// <param name="wanted">The rows in the order that they should have.</param>
    /// <param name="visible">Rows that the viewer sees.</param>
    /// <param name="isHeld">True while the order must not change.</param>
    /// <param name="endOf">The state of a transaction that left the pool.</param>
    public void Take(IReadOnlyList<TxListRow> wanted, int visible, bool isHeld, Func<Hash256, TxState> endOf)
    {
        var newest = wanted.ToDictionary(static row => row.Hash);
        var known = _shown.Select(row => newest.TryGetValue(row.Tx.Hash, out var now)
            ? row with { Tx = now, State = now.State, IsGone = false, IsNew = false }
            : row with { State = endOf(row.Tx.Hash) is var end and not TxState.Unknown ? end : row.State, IsGone = true, IsNew = false }).ToList();
        int moves = known.Count == 0 ? int.MaxValue : Math.Max(1, (visible + (RowsPerMove / 2)) / RowsPerMove);
        Newer = NewerOf(known, wanted, isHeld) is var newer && isHeld ? newer : Math.Max(0, newer - moves);
        _shown = isHeld ? known : Near(known, [.. wanted.Skip(known.Count == 0 ? 0 : Newer)], moves, visible);
    }

    /// <summary>Forgets the order: the next rows are shown as they come.</summary>
    public void Reset() => (_shown, Newer) = ([], 0);

    /// <summary>The rows that belong above all that are shown; while the order is held, all that arrived.</summary>
    private static int NewerOf(List<PoolRow> known, IReadOnlyList<TxListRow> wanted, bool isHeld)
    {
        var shown = known.Select(static row => row.Tx.Hash).ToHashSet();
        if (isHeld)
        {
            return wanted.Count(row => !shown.Contains(row.Hash));
        }

        int above = wanted.TakeWhile(row => !shown.Contains(row.Hash)).Count();
        return above == wanted.Count ? 0 : above; // nothing that is shown waits any more: all of it is replaced
    }

    /// <summary>Brings the visible rows nearer to the wanted order by a few moves; rows below them take it at once.</summary>
    /// <remarks>With each move one row that is gone leaves, and one row takes its place.</remarks>
    private static List<PoolRow> Near(List<PoolRow> known, List<TxListRow> wanted, int moves, int visible)
    {
        bool isFirst = known.Count == 0;
        var held = known.ToDictionary(static row => row.Tx.Hash);
        var order = known.Take(visible).Select(static row => row.Tx.Hash).ToList();
        int places = Math.Min(visible, wanted.Count);
        for (bool isMoving = true; isMoving && moves > 0; moves--)
        {
            int gone = order.FindIndex(hash => held.TryGetValue(hash, out var row) && row.IsGone);
            if (gone >= 0)
            {
                order.RemoveAt(gone);
            }

            bool hasMoved = MoveOne(order, held, wanted, places);
            isMoving = gone >= 0 || hasMoved;
        }

        var top = order.Take(visible).ToHashSet();
        var rows = wanted.ToDictionary(static row => row.Hash);
        var rest = wanted.Where(row => !top.Contains(row.Hash)).Select(static row => row.Hash);
        return
        [
            .. order.Take(visible).Concat(rest)
                .Where(hash => held.ContainsKey(hash) || rows.ContainsKey(hash))
                .Select(hash => held.GetValueOrDefault(hash) ?? new PoolRow(hash.ToString(), rows[hash], rows[hash].State, IsGone: false, IsNew: !isFirst)),
        ];
    }

    /// <summary>Puts the first row that is not where it should be there; rows that are gone keep their places. False if all are.</summary>
    private static bool MoveOne(List<Hash256> order, Dictionary<Hash256, PoolRow> held, List<TxListRow> wanted, int places)
    {
        int at = 0;
        for (int i = 0; i < places; i++, at++)
        {
            while (at < order.Count && held.TryGetValue(order[at], out var row) && row.IsGone)
            {
                at++;
            }

            if (at >= order.Count || order[at] != wanted[i].Hash)
            {
                int before = order.IndexOf(wanted[i].Hash);
                if (before >= 0)
                {
                    order.RemoveAt(before);
                }

                order.Insert(Math.Min(at, order.Count), wanted[i].Hash);
                return true;
            }
        }

        return false;
    }
}
