using Mempulse.Primitives;

namespace Mempulse.Features.Scoring;

/// <summary>The waiting transactions that a profile ranks highest, with the reasons for their scores.</summary>
/// <param name="Rows">The highest, in their order.</param>
/// <param name="Next">The one below the last of them; null if none follows.</param>
/// <param name="Scores">Number of scores of all waiting transactions.</param>
public sealed record PoolRanking(IReadOnlyList<ScoredTx> Rows, ScoredTx? Next, long Scores)
{
    /// <summary>Ranks the waiting transactions. Walks over all of them.</summary>
    /// <param name="profile">How they are scored.</param>
    /// <param name="views">What the fold knows.</param>
    /// <param name="limit">Number of rows at most.</param>
    public static PoolRanking Of(RankProfile profile, FoldViews views, int limit)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(views);
        var ranking = new Ranking(limit + 1);
        views.Traits.VisitWaiting((in tx) => profile.Rank(tx, views, ranking));
        var rows = new List<ScoredTx>(ranking.Count);
        foreach (ref readonly var row in ranking.Rows)
        {
            rows.Add(new ScoredTx(row, Reasons(profile, views, row.Hash)));
        }

        bool hasNext = rows.Count > limit;
        return new PoolRanking(hasNext ? rows[..limit] : rows, hasNext ? rows[limit] : null, ranking.Added);
    }

    /// <summary>The highest score of a transaction, with its reasons; null if its traits are not held, or the profile gives it no score.</summary>
    public static ScoredTx? Best(RankProfile profile, FoldViews views, in Hash256 hash)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(views);
        var ranking = new Ranking(1);
        if (views.Traits.TryGet(hash, out var tx))
        {
            profile.Rank(tx, views, ranking);
        }

        return ranking.Count == 0 ? null : new ScoredTx(ranking.Rows[0], Reasons(profile, views, hash));
    }

    private static IReadOnlyList<ScoreReason> Reasons(RankProfile profile, FoldViews views, in Hash256 hash) =>
        views.Traits.TryGet(hash, out var tx) ? profile.Scorer.Explain(tx, profile.Extractor.Extract(tx, views)) : [];
}
