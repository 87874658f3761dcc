using Mempulse.Primitives.Events;

namespace Mempulse.Features.Grading;

/// <summary>The verdict on a decoded trade after its inclusion.</summary>
/// <param name="Verdict">How it compares with the logs.</param>
/// <param name="Part">The first part that the logs contradict or the trade does not state.</param>
/// <param name="IsCertain">True if the logs contradict an amount that was called exact.</param>
public readonly record struct TradeGrade(GradeVerdict Verdict, TradePart Part, bool IsCertain)
{
    /// <summary>The worse of two grades of one transaction.</summary>
    public static TradeGrade Worse(in TradeGrade one, in TradeGrade other) =>
        other.Verdict > one.Verdict || (other.Verdict == one.Verdict && other.IsCertain) ? other : one;
}
