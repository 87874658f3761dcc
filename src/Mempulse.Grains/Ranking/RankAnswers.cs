using Mempulse.Features.Flags;
using Mempulse.Features.Scoring;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Grains.Ranking;

/// <summary>Builds answers about risks and scores from the fold's state.</summary>
internal static class RankAnswers
{
    /// <summary>The risks and the score of a transaction; null if its traits are not held.</summary>
    public static TxAppraisal? Appraise(ReplayEngine engine, in Hash256 hash, RankProfile profile)
    {
        var views = FoldViews.Of(engine);
        if (!views.Traits.TryGet(hash, out var traits))
        {
            return null;
        }

        var flags = new RiskFlag[FlagReader.Count];
        FlagReader.Read(traits, views, flags);
        return new TxAppraisal([.. flags.Select(Of)], PoolRanking.Best(profile, views, hash) is { } scored ? Of(scored, profile) : null);
    }

    /// <summary>The places that a walk found, at the fold's state.</summary>
    public static RankAnswer Top(ReplayEngine engine, RankingWalk walk)
    {
        var (views, profile) = (FoldViews.Of(engine), walk.Profile);
        var ranking = walk.End(views);
        return new RankAnswer
        {
            AsOf = engine.Applied,
            Profile = profile.Id,
            Version = profile.Version,
            Waiting = views.Traits.WaitingCount,
            Scores = ranking.Scores,
            LetGo = views.Traits.LetGo,
            Rows = [.. ranking.Rows.Select((row, index) => new RankRow(
                row.Row.Hash,
                Of(row, profile),
                (index + 1 < ranking.Rows.Count ? ranking.Rows[index + 1] : ranking.Next) is { } next ? RankComparison.Explain(row, next) : []))],
        };
    }

    private static TxScore Of(ScoredTx scored, RankProfile profile) => new()
    {
        Profile = profile.Id,
        Version = profile.Version,
        Label = scored.Row.Label == RankLabel.None ? string.Empty : RankComparison.NameOf(scored.Row.Label),
        Urgency = scored.Row.Parts.Urgency,
        Value = scored.Row.Parts.Value,
        Risk = scored.Row.Parts.Risk,
        Total = scored.Row.Parts.Total,
        Reasons = [.. scored.Reasons.Select(static reason => new TxScoreReason(RankComparison.NameOf(reason.Part), reason.Points, reason.Text))],
    };

    public static TxFlag Of(RiskFlag flag) =>
        new(FlagNames.Of(flag.Kind), flag.Standing.ToString(), flag.Number?.ToString(), FlagNames.UnitOf(flag.Kind), flag.PaysAfterGas);
}
