using Mempulse.Grains.Abstractions.Audits;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>The answer to a question for an audit that is derived from the log again.</summary>
/// <param name="Outcome">The outcome of the work.</param>
/// <param name="Detail">Why there is no audit, or what the work is doing, in a sentence.</param>
/// <param name="Answer">The audit; null while it is being derived, and for a block that has no audit.</param>
[GenerateSerializer, Immutable, Alias("mempulse.logged-audit-answer")]
public sealed record LoggedAuditAnswer([property: Id(0)] ReplayOutcome Outcome, [property: Id(1)] string Detail, [property: Id(2)] AuditAnswer? Answer)
{
    /// <summary>Number of events that are folded at most for an answer.</summary>
    public const ulong MaxEvents = 2_000_000;
}
