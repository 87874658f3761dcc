using Mempulse.Primitives.Reasons;

namespace Mempulse.Cli.Reasons;

/// <summary>An answer as <c>mempulse why</c> prints it.</summary>
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
}
