using System.Text.Json.Nodes;
using Mempulse.Features.Scoring;
using Mempulse.Primitives;

namespace Mempulse.Cli.Ranking;

/// <summary>What <c>mempulse explain</c> prints.</summary>
/// <param name="Seq">The position whose state is explained.</param>
/// <param name="Profile">How transactions are scored.</param>
/// <param name="Tx">The transaction.</param>
/// <param name="Other">The one that it is compared with; null for none.</param>
internal sealed record Explanation(GlobalSeq Seq, RankProfile Profile, Appraisal Tx, Appraisal? Other)
{
    public void Write(TextWriter output)
    {
        output.WriteLine($"seq {Seq}, profile {Profile.Id} ({Profile.Version})");
        Tx.Write(output);
        Other?.Write(output);
        foreach (string line in Compare())
        {
            output.WriteLine(line);
        }
    }

    public JsonObject ToJson() => new()
    {
        ["seq"] = Seq.Value,
        ["profile"] = Profile.Id,
        ["version"] = Profile.Version,
        ["tx"] = Tx.ToJson(),
        ["other"] = Other?.ToJson(),
        ["comparison"] = new JsonArray([.. Compare().Select(static line => JsonValue.Create(line))]),
    };

    private IReadOnlyList<string> Compare()
    {
        if (Tx.Score is not { } one || Other?.Score is not { } other)
        {
            return [];
        }

        var (above, below) = one.Row < other.Row ? (one, other) : (other, one);
        return [$"{above.Row.Hash} ranks above {below.Row.Hash}:", .. RankComparison.Explain(above, below)];
    }
}
