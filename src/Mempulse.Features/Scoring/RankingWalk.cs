using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Scoring;

/// <summary>Ranks the waiting transactions in slices, so that the fold goes on between them. Confined to the fold's thread.</summary>
/// <remarks>
/// The pool changes during a walk. What it keeps is scored again at the end, so that all places are of one state; only a transaction that gains by a change
/// of the last moments may be missing.
/// </remarks>
/// <param name="profile">How they are scored.</param>
/// <param name="limit">Number of places.</param>
public sealed class RankingWalk(RankProfile profile, int limit)
{
    /// <summary>Transactions of a slice.</summary>
    public const int SliceTxs = 1_024;

    private readonly Ranking _ranking = new(2 * (limit + 1)); // some leave before the end
    private ulong _after;

    /// <summary>The profile.</summary>
    public RankProfile Profile => profile;

    /// <summary>Ranks the next slice.</summary>
    /// <param name="views">What the fold knows now.</param>
    /// <param name="most">Transactions of the slice.</param>
    /// <returns>False at the end.</returns>
    public bool Continue(FoldViews views, int most = SliceTxs)
    {
        ArgumentNullException.ThrowIfNull(views);
        return views.Traits.VisitWaiting((in tx) => profile.Rank(tx, views, _ranking), ref _after, most) == most;
    }

    /// <summary>The places at the state of the views.</summary>
    public PoolRanking End(FoldViews views)
    {
        ArgumentNullException.ThrowIfNull(views);
        var last = new Ranking(limit + 1);
        var seen = new SortedSet<Hash256>();
        foreach (ref readonly var row in _ranking.Rows)
        {
            if (seen.Add(row.Hash) && views.Pool.StateOf(row.Hash) is TxState.Seen or TxState.Pending or TxState.Queued && views.Traits.TryGet(row.Hash, out var tx))
            {
                profile.Rank(tx, views, last);
            }
        }

        var rows = new List<ScoredTx>(last.Count);
        foreach (ref readonly var row in last.Rows)
        {
            rows.Add(new ScoredTx(row, PoolRanking.Reasons(profile, views, row.Hash)));
        }

        bool hasNext = rows.Count > limit;
        return new PoolRanking(hasNext ? rows[..limit] : rows, hasNext ? rows[limit] : null, _ranking.Added);
    }
}
