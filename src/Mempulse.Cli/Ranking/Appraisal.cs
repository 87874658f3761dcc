using System.Text.Json.Nodes;
using Mempulse.Features.Flags;
using Mempulse.Features.Scoring;
using Mempulse.Primitives;

namespace Mempulse.Cli.Ranking;

/// <summary>The risks and the score of a transaction.</summary>
/// <param name="Tx">The transaction.</param>
/// <param name="Flags">Every risk.</param>
/// <param name="Score">Its highest score; null if the profile gives it none.</param>
internal sealed record Appraisal(Hash256 Tx, IReadOnlyList<RiskFlag> Flags, ScoredTx? Score)
{
    /// <summary>Returns null if the fold does not hold what the transaction says.</summary>
    public static Appraisal? Of(FoldViews views, RankProfile profile, in Hash256 tx)
    {
        if (!views.Traits.TryGet(tx, out var traits))
        {
            return null;
        }

        var flags = new RiskFlag[FlagReader.Count];
        FlagReader.Read(traits, views, flags);
        return new Appraisal(tx, flags, PoolRanking.Best(profile, views, tx));
    }

    public void Write(TextWriter output)
    {
        output.WriteLine(Score is { Row: var row } ? $"{Tx} scores {row.Parts.Total}: value {row.Parts.Value}, risk {row.Parts.Risk}, urgency {row.Parts.Urgency}{LabelOf(row)}" : $"{Tx} has no score in this profile");
        foreach (var reason in Score?.Reasons ?? [])
        {
            output.WriteLine($"  {RankComparison.NameOf(reason.Part),-8} {reason.Points,12:+0;-0;0}  {reason.Text}");
        }

        foreach (var flag in Flags)
        {
            output.WriteLine($"  {FlagNames.Of(flag.Kind),-20} {flag.Standing.ToString().ToLowerInvariant()}{(flag.Number is { } number ? $" {number} {FlagNames.UnitOf(flag.Kind)}" : string.Empty)}{PaysOf(flag)}");
        }
    }

    public JsonObject ToJson() => new()
    {
        ["tx"] = Tx.ToString(),
        ["score"] = Score is { Row: { Parts: var parts } row } ? new JsonObject
        {
            ["label"] = row.Label == RankLabel.None ? null : RankComparison.NameOf(row.Label),
            ["total"] = parts.Total,
            ["value"] = parts.Value,
            ["risk"] = parts.Risk,
            ["urgency"] = parts.Urgency,
            ["reasons"] = new JsonArray([.. Score.Reasons.Select(static reason => new JsonObject { ["part"] = RankComparison.NameOf(reason.Part), ["points"] = reason.Points, ["text"] = reason.Text })]),
        } : null,
        ["flags"] = new JsonArray([.. Flags.Select(static flag => new JsonObject
        {
            ["name"] = FlagNames.Of(flag.Kind),
            ["standing"] = flag.Standing.ToString(),
            ["number"] = flag.Number?.ToString(),
            ["unit"] = FlagNames.UnitOf(flag.Kind),
            ["paysAfterGas"] = flag.PaysAfterGas,
        })]),
    };

    private static string LabelOf(in RankedTx row) => row.Label == RankLabel.None ? string.Empty : $", as {RankComparison.NameOf(row.Label)}";

    private static string PaysOf(in RiskFlag flag) => flag.PaysAfterGas switch
    {
        true => ", and an attack pays after gas",
        false => ", and no attack pays after gas",
        null => string.Empty,
    };
}
