using System.Diagnostics;

namespace Mempulse.Features.Scoring;

/// <summary>Says in words and numbers why one score ranks above another one.</summary>
public static class RankComparison
{
    private static readonly ScorePart[] _parts = [ScorePart.Value, ScorePart.Risk, ScorePart.Urgency];

    /// <summary>Compares two scores of one profile: what decides first, then each part that differs, with the reasons that only one has or that weigh differently.</summary>
    /// <param name="above">The one that ranks above.</param>
    /// <param name="below">The one that ranks below.</param>
    public static IReadOnlyList<string> Explain(ScoredTx above, ScoredTx below)
    {
        ArgumentNullException.ThrowIfNull(above);
        ArgumentNullException.ThrowIfNull(below);
        List<string> lines = [Decision(above.Row, below.Row)];
        foreach (var part in _parts)
        {
            long one = Of(above.Row.Parts, part);
            long other = Of(below.Row.Parts, part);
            if (one != other)
            {
                lines.Add($"{NameOf(part)} {one} against {other}: {Reasons(above, below, part)} Against: {Reasons(below, above, part)}");
            }
        }

        return lines;
    }

    /// <summary>The name of a part.</summary>
    public static string NameOf(ScorePart part) => part switch
    {
        ScorePart.Urgency => "urgency",
        ScorePart.Value => "value",
        ScorePart.Risk => "risk",
        _ => throw new UnreachableException(),
    };

    /// <summary>The name of a label.</summary>
    public static string NameOf(RankLabel label) => label switch
    {
        RankLabel.None => "none",
        RankLabel.Arbitrage => "arbitrage",
        RankLabel.Backrun => "backrun",
        RankLabel.Sandwich => "sandwich",
        _ => throw new UnreachableException(),
    };

    private static string Decision(in RankedTx above, in RankedTx below) =>
        above.Parts.Total != below.Parts.Total ? $"Its score of {above.Parts.Total} is above {below.Parts.Total}."
        : above.Label != below.Label ? $"Both scores are {above.Parts.Total}; the label '{NameOf(above.Label)}' comes before '{NameOf(below.Label)}'."
        : above.Label == RankLabel.None && above.Parts.Urgency != below.Parts.Urgency ? $"Both scores are {above.Parts.Total}; its urgency of {above.Parts.Urgency} is above {below.Parts.Urgency}."
        : $"Both scores are {above.Parts.Total} and both are equally urgent; its hash is the lower.";

    private static long Of(in ScoreParts parts, ScorePart part) => part switch
    {
        ScorePart.Urgency => parts.Urgency,
        ScorePart.Value => parts.Value,
        ScorePart.Risk => parts.Risk,
        _ => throw new UnreachableException(),
    };

    /// <summary>The reasons of one that the other does not have alike.</summary>
    private static string Reasons(ScoredTx one, ScoredTx other, ScorePart part)
    {
        string text = string.Join("; ", one.Reasons.Where(reason => reason.Part == part && !other.Reasons.Contains(reason)).Select(static reason => $"{reason.Text} ({reason.Points:+0;-0;0})"));
        return text.Length == 0 ? "nothing." : text + ".";
    }
}
