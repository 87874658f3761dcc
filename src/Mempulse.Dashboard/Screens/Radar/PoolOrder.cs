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
        _shown = isHeld ? known : Near(known, wanted, _shown.Count == 0 ? int.MaxValue : Math.Max(1, visible / RowsPerMove), visible);
    }

    /// <summary>Forgets the order: the next rows are shown as they come.</summary>
    public void Reset() => _shown = [];

    /// <summary>Brings the visible rows nearer to the wanted order by a few moves; rows below them take it at once.</summary>
    private static List<PoolRow> Near(List<PoolRow> known, IReadOnlyList<TxListRow> wanted, int moves, int visible)
    {
        bool isFirst = known.Count == 0;
        var held = known.Where(static row => !row.IsGone).ToDictionary(static row => row.Tx.Hash);
        var order = known.Where(static row => !row.IsGone).Select(static row => row.Tx.Hash).ToList();
        for (int i = 0; i < Math.Min(visible, wanted.Count) && moves > 0; i++)
        {
            if (i >= order.Count || order[i] != wanted[i].Hash)
            {
                order.Remove(wanted[i].Hash);
                order.Insert(Math.Min(i, order.Count), wanted[i].Hash);
                moves--;
            }
        }

        var top = order.Take(visible).ToHashSet();
        var rest = wanted.Where(row => !top.Contains(row.Hash)).Select(static row => row.Hash);
        var rows = wanted.ToDictionary(static row => row.Hash);
        return [.. order.Take(visible).Concat(rest).Select(hash => held.GetValueOrDefault(hash) ?? new PoolRow(hash.ToString(), rows[hash], rows[hash].State, IsGone: false, IsNew: !isFirst))];
    }
}
