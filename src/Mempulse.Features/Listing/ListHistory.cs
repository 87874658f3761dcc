using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Listing;

/// <summary>The newest list, and what changed between the last ones, so that a viewer is sent only that. Confined to its caller.</summary>
public sealed class ListHistory
{
    /// <summary>Number of lists that a viewer can be behind: a minute at two lists a second.</summary>
    public const int MaxLists = 128;

    /// <summary>Number of changes that are kept.</summary>
    public const int MaxChanges = 131_072;

    private readonly Queue<ListDelta> _deltas = new();
    private int _changes;

    /// <summary>The newest list.</summary>
    public TxList Latest { get; private set; } = TxList.Empty;

    /// <summary>Takes the next list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="pool">The fold, at the position of the list.</param>
    public void Add(TxList list, IMempoolView pool)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(pool);
        var changed = new List<Hash256>();
        var ended = new List<ListedEnd>();
        foreach (var row in list.Rows)
        {
            if (!ReferenceEquals(Latest.Find(row.Hash), row))
            {
                changed.Add(row.Hash);
            }
        }

        foreach (var row in Latest.Rows)
        {
            if (list.Find(row.Hash) is null)
            {
                ended.Add(new ListedEnd(row.Hash, pool.StateOf(row.Hash)));
            }
        }

        var delta = new ListDelta(Latest.AsOf, Latest.Sample, changed, ended);
        _deltas.Enqueue(delta);
        _changes += delta.Count;
        Latest = list;
        while (_deltas.Count > MaxLists || _changes > MaxChanges)
        {
            _changes -= _deltas.Dequeue().Count;
        }
    }

    /// <summary>What changed since a list.</summary>
    /// <param name="position">The position of that list; anything else asks for all.</param>
    public ListChanges Since(GlobalSeq position)
    {
        if (position == Latest.AsOf)
        {
            return new ListChanges(Latest, position, Latest.Sample, [], []);
        }

        var later = _deltas.SkipWhile(delta => delta.From != position).ToList();
        if (position == GlobalSeq.None || later.Count == 0)
        {
            return new ListChanges(Latest, Since: null, Latest.Sample, [.. Latest.Rows.OrderBy(static row => row.Hash)], []);
        }

        var touched = new SortedDictionary<Hash256, TxState>();
        foreach (var delta in later)
        {
            delta.Changed.ToList().ForEach(hash => touched[hash] = TxState.Unknown);
            delta.Ended.ToList().ForEach(end => touched[end.Hash] = end.State);
        }

        return new ListChanges(
            Latest,
            position,
            later[0].Sample,
            [.. touched.Keys.Select(hash => Latest.Find(hash)).OfType<ListedTx>()],
            [.. touched.Where(one => Latest.Find(one.Key) is null).Select(static one => new ListedEnd(one.Key, one.Value))]);
    }
}
