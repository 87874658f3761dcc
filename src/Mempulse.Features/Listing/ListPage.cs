using Mempulse.Primitives.Listing;

namespace Mempulse.Features.Listing;

/// <summary>A page of a sorted list.</summary>
/// <param name="List">The list.</param>
/// <param name="Rows">The rows, in their order.</param>
/// <param name="Matching">Number of rows of the list that are asked for, on all pages.</param>
/// <param name="Next">The place after which the next page begins; null for the last one.</param>
public sealed record ListPage(TxList List, IReadOnlyList<ListedTx> Rows, int Matching, ListKey? Next)
{
    /// <summary>Takes a page: the first rows after a place.</summary>
    /// <remarks>
    /// A place is a number and a hash, not a count of rows, so that pages stay right while the pool changes: a transaction whose number does not change is on
    /// exactly one of the pages of any lists, as long as it waits.
    /// </remarks>
    /// <param name="list">The list.</param>
    /// <param name="filter">Which rows are asked for.</param>
    /// <param name="sort">What they are sorted by.</param>
    /// <param name="order">Which end comes first.</param>
    /// <param name="after">The place; null for the first page.</param>
    /// <param name="limit">Number of rows at most.</param>
    public static ListPage Of(TxList list, ListFilter filter, TxSort sort, SortOrder order, ListKey? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(filter);
        var kept = new (ListKey Key, ListedTx Row)[limit];
        var (count, matching, isMore) = (0, 0, false);
        foreach (var row in list.Rows)
        {
            if (!filter.Matches(row, list))
            {
                continue;
            }

            matching++;
            var key = ListKey.Of(row, sort, list.Fees);
            if (after is { } place && !place.IsBefore(key, order))
            {
                continue;
            }

            isMore |= count == limit;
            count = Insert(kept, count, (key, row), order);
        }

        return new ListPage(list, [.. kept.Take(count).Select(static one => one.Row)], matching, isMore ? kept[count - 1].Key : null);
    }

    /// <summary>Puts a row in its place, which pushes out the last one beyond the limit.</summary>
    private static int Insert((ListKey Key, ListedTx Row)[] kept, int count, (ListKey Key, ListedTx Row) one, SortOrder order)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = kept[middle].Key.IsBefore(one.Key, order) ? (middle + 1, high) : (low, middle);
        }

        if (low == kept.Length)
        {
            return count;
        }

        int moved = Math.Min(count, kept.Length - 1) - low;
        Array.Copy(kept, low, kept, low + 1, moved);
        kept[low] = one;
        return Math.Min(count + 1, kept.Length);
    }
}
