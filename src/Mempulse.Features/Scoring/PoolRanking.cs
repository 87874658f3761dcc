using Mempulse.Primitives;

namespace Mempulse.Features.Scoring;

/// <summary>The waiting transactions that a profile ranks highest, with the reasons for their scores.</summary>
/// <param name="Rows">The highest, in their order.</param>
/// <param name="Next">The one below the last of them; null if none follows.</param>
/// <param name="Scores">Number of scores of all waiting transactions.</param>
public sealed record PoolRanking(IReadOnlyList<ScoredTx> Rows, ScoredTx? Next, long Scores)
{
    /// <summary>Ranks the waiting transactions. Walks over all of them at once; <see cref="RankingWalk"/> does so in slices.</summary>
    /// <param name="profile">How they are scored.</param>
    /// <param name="views">What the fold knows.</param>
    /// <param name="limit">Number of rows at most.</param>
    public static PoolRanking Of(RankProfile profile, FoldViews views, int limit)
    {
        var walk = new RankingWalk(profile, limit);
        walk.Continue(views, int.MaxValue);
        return walk.End(views);
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

    internal static IReadOnlyList<ScoreReason> Reasons(RankProfile profile, FoldViews views, in Hash256 hash) =>
        views.Traits.TryGet(hash, out var tx) ? profile.Scorer.Explain(tx, profile.Extractor.Extract(tx, views)) : [];
}
