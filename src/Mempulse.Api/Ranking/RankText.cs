using Mempulse.Client.Ranking;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Primitives;

namespace Mempulse.Api.Ranking;

/// <summary>Turns risks and scores into a response.</summary>
internal static class RankText
{
    public static RankResponse Of(ChainId chain, bool isSynthetic, RankAnswer answer) => new()
    {
        Chain = chain.ToString(),
        Synthetic = isSynthetic,
        AsOfSeq = answer.AsOf.Value,
        Profile = answer.Profile,
        Version = answer.Version,
        Waiting = answer.Waiting,
        Scores = answer.Scores,
        LetGo = answer.LetGo,
        Ranking = [.. answer.Rows.Select(static (row, index) => new RankedPart(index + 1, row.Tx.ToString(), Of(row.Score), row.AboveNext))],
    };

    public static IReadOnlyList<FlagPart> Of(IReadOnlyList<TxFlag> flags) =>
        [.. flags.Select(static flag => new FlagPart(flag.Name, flag.Standing, flag.Number, flag.Unit, flag.PaysAfterGas))];

    public static ScoredPart Of(TxScore score) => new()
    {
        Profile = score.Profile,
        Version = score.Version,
        Label = score.Label.Length == 0 ? null : score.Label,
        Total = score.Total,
        Urgency = score.Urgency,
        Value = score.Value,
        Risk = score.Risk,
        Reasons = [.. score.Reasons.Select(static reason => new ReasonPart(reason.Part, reason.Points, reason.Text))],
    };
}
