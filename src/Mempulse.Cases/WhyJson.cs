using System.Text.Json.Nodes;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Cases;

/// <summary>An answer as JSON, in the form of GET /tx/{hash}/why.</summary>
public static class WhyJson
{
    /// <summary>An answer as one object.</summary>
    public static JsonObject ToJson(WhyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new JsonObject
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
    }

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
