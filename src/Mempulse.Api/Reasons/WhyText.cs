using Mempulse.Client.Reasons;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Api.Reasons;

/// <summary>Turns an answer into a response. The words are the answer's.</summary>
internal static class WhyText
{
    public static WhyResponse Of(WhyAnswer answer) => new()
    {
        Subject = answer.Subject,
        Id = answer.Id.ToString(),
        Chain = answer.Chain.ToString(),
        State = answer.State,
        Headline = answer.Headline,
        AsOfSeq = answer.AsOf.Value,
        AsOfTime = answer.AsOfTime.ToRfc3339(),
        Reasons = [.. answer.Reasons.Select(Of)],
        Truncated = answer.IsTruncated,
    };

    private static WhyReasonPart Of(Reason reason) => new()
    {
        Verdict = reason.Verdict,
        Strength = StrengthName.Of(reason.Strength),
        Sentence = reason.Sentence,
        Numbers = [.. reason.Numbers.Select(static number => new QuantityPart(number.Name, number.Value.ToString(), number.Unit))],
        Evidence = [.. reason.Evidence.Select(static seq => seq.Value)],
        EvidenceCount = reason.EvidenceCount,
        WouldDecide = reason.WouldDecide,
    };
}
