namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Which opportunities are shown and in which order; all of it is in the address.</summary>
/// <param name="Strategy">A strategy; null for all.</param>
/// <param name="Stage">A stage in lower case; null for all.</param>
/// <param name="Strength">A strength of the outcome; null for all.</param>
/// <param name="Score">The lowest score; null for all.</param>
/// <param name="Pair">Text of the title, such as a token; null for all.</param>
/// <param name="Relay">A relay that a request was made for; null for all.</param>
/// <param name="Sort">score, profit, age or stage.</param>
internal sealed record OppFilter(string? Strategy, string? Stage, string? Strength, long? Score, string? Pair, string? Relay, string Sort)
{
    /// <summary>The order that is the default.</summary>
    public const string ByScore = "score";

    /// <summary>True while everything is shown.</summary>
    public bool IsAll => Strategy is null && Stage is null && Strength is null && Score is null && Pair is null && Relay is null;

    /// <summary>The rows that match, in order. Every order ends in the id.</summary>
    public IReadOnlyList<OppRow> Apply(IEnumerable<OppRow> rows)
    {
        var matching = rows.Where(IsMatch);
        var ordered = Sort switch
        {
            "profit" => matching.OrderByDescending(static row => row.Value),
            "age" => matching.OrderByDescending(static row => row.At),
            "stage" => matching.OrderByDescending(static row => row.Stage),
            _ => matching.OrderByDescending(static row => row.Score),
        };
        return [.. ordered.ThenByDescending(static row => row.Score).ThenBy(static row => row.Id, StringComparer.Ordinal)];
    }

    /// <summary>The rows of a column of the board: the best first, and outcomes by block, the newest first.</summary>
    public static IReadOnlyList<OppRow> Column(IReadOnlyList<OppRow> rows, OppStage stage)
    {
        var column = rows.Where(row => row.Stage == stage);
        return stage == OppStage.Outcome
            ? [.. column.OrderByDescending(static row => row.Block).ThenByDescending(static row => row.Score).ThenBy(static row => row.Id, StringComparer.Ordinal)]
            : [.. column.OrderByDescending(static row => row.Score).ThenBy(static row => row.Id, StringComparer.Ordinal)];
    }

    private bool IsMatch(OppRow row) =>
        (Strategy is null || row.Strategy == Strategy)
        && (Stage is null || row.Stage.ToString().Equals(Stage, StringComparison.OrdinalIgnoreCase))
        && (Strength is null || row.Result.Strength == Strength)
        && (Score is not { } least || row.Score >= least)
        && (Pair is null || row.Title.Spoken.Contains(Pair, StringComparison.OrdinalIgnoreCase))
        && (Relay is null || row.Relays.Contains(Relay, StringComparer.Ordinal));
}
