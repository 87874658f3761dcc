using System.Text.Json.Nodes;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Cli.Reasons;

/// <summary>An answer as <c>mempulse why</c> prints it. The words are the answer's, the JSON has the form of GET /tx/{hash}/why.</summary>
internal static class WhyReport
{
    public static void Write(WhyAnswer answer, TextWriter output)
    {
        output.WriteLine(answer.Headline);
        output.WriteLine($"at seq {answer.AsOf}, {answer.AsOfTime.ToRfc3339()}{(answer.IsTruncated ? "; there is more on record than one answer reads" : string.Empty)}");
        for (int i = 0; i < answer.Reasons.Count; i++)
        {
            var reason = answer.Reasons[i];
            output.WriteLine($"{i + 1,2}. {reason.Verdict} ({StrengthName.Of(reason.Strength)}): {reason.Sentence}");
            if (reason.WouldDecide is { } decides)
            {
                output.WriteLine($"    would decide: {decides}");
            }

            if (reason.Evidence.Count > 0)
            {
                string more = reason.EvidenceCount > reason.Evidence.Count ? $" and {reason.EvidenceCount - reason.Evidence.Count} more" : string.Empty;
                output.WriteLine($"    evidence: {string.Join(", ", reason.Evidence)}{more}");
            }
        }
    }

    public static JsonObject ToJson(WhyAnswer answer) => new()
    {
        ["subject"] = answer.Subject,
        ["id"] = answer.Id.ToString(),
        ["chain"] = answer.Chain.ToString(),
        ["state"] = answer.State,
        ["headline"] = answer.Headline,
        ["asOfSeq"] = answer.AsOf.Value,
        ["asOfTime"] = answer.AsOfTime.ToRfc3339(),
        ["reasons"] = new JsonArray([.. answer.Reasons.Select(ToJson)]),
        ["truncated"] = answer.IsTruncated,
    };

    private static JsonObject ToJson(Reason reason) => new()
    {
        ["verdict"] = reason.Verdict,
        ["strength"] = StrengthName.Of(reason.Strength),
        ["sentence"] = reason.Sentence,
        ["numbers"] = new JsonArray([.. reason.Numbers.Select(static number => new JsonObject { ["name"] = number.Name, ["value"] = number.Value.ToString(), ["unit"] = number.Unit })]),
        ["evidence"] = new JsonArray([.. reason.Evidence.Select(static seq => JsonValue.Create(seq.Value))]),
        ["evidenceCount"] = reason.EvidenceCount,
        ["wouldDecide"] = reason.WouldDecide,
    };
}
