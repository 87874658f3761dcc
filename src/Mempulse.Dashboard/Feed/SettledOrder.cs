namespace Mempulse.Dashboard.Feed;

/// <summary>The order of a list that must not move under the reader: it nears the wanted order by a tenth of its rows with each update, and not at all while it is held.</summary>
/// <remarks>Confined to a viewer's circuit. Values of rows are always the newest; only places are old.</remarks>
internal sealed class SettledOrder
{
    private const int MovesPerRows = 10;

    private List<string> _order = [];

    /// <summary>The rows in the order that is shown.</summary>
    /// <typeparam name="T">A row.</typeparam>
    /// <param name="wanted">The rows in the order that they should have.</param>
    /// <param name="idOf">What makes a row the same in the next update.</param>
    /// <param name="visible">Rows that the reader sees; a tenth of them may move.</param>
    /// <param name="isHeld">True while nothing may move: then rows that are gone leave, and new ones wait.</param>
    public IReadOnlyList<T> Next<T>(IReadOnlyList<T> wanted, Func<T, string> idOf, int visible, bool isHeld)
    {
        var rows = wanted.ToDictionary(idOf, StringComparer.Ordinal);
        _order.RemoveAll(id => !rows.ContainsKey(id));
        if (!isHeld)
        {
            Near([.. wanted.Select(idOf)], _order.Count == 0 ? int.MaxValue : Math.Max(1, Math.Min(visible, rows.Count) / MovesPerRows));
        }

        return [.. _order.Select(id => rows[id])];
    }

    /// <summary>Forgets the order, so that the next update shows the wanted one whole: after another sort or filter.</summary>
    public void Reset() => _order = [];

    private void Near(List<string> wanted, int moves)
    {
        for (int i = 0; i < wanted.Count && moves > 0; i++)
        {
            if (i < _order.Count && _order[i] == wanted[i])
            {
                continue;
            }

            _order.Remove(wanted[i]);
            _order.Insert(Math.Min(i, _order.Count), wanted[i]);
            moves--;
        }
    }
}
