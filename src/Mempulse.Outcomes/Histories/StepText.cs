using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Histories;

/// <summary>The events of a bundle in plain English.</summary>
internal static class StepText
{
    public static string Of(LogEvent step) => step switch
    {
        LogEvent.BundleBuilt built => $"Built for block {built.Target} on the state of block {built.BaseNumber}: {built.Transactions.Count} transactions that gain {built.Profit} wei and pay {built.Payment} wei ({built.PaymentPolicy}){(built.IsDryRun ? "; a dry run" : string.Empty)}{(built.IsSigned ? string.Empty : "; not signed, without a key")}.",
        LogEvent.BundleStale stale => $"Not sent any more: {Ended(stale.Reason)}.",
        LogEvent.BundleCancelled cancelled => $"Withdrawn: {Ended(cancelled.Reason)}.",
        LogEvent.AttemptRefused refused => $"{refused.Command} at {refused.Relay} was not allowed to leave ({refused.Rule}): {refused.Detail}",
        LogEvent.AttemptStarted started => $"Attempt {started.Number} of {started.Command} at {started.Relay} started{(started.BackoffMilliseconds > 0 ? $" after a wait of {started.BackoffMilliseconds} ms" : string.Empty)}{Dry(started.IsDryRun)}.",
        LogEvent.RelayAttempt { IsDryRun: true } answered => $"Attempt {answered.Number} of {answered.Command} at {answered.Relay} ended: nothing was sent.",
        LogEvent.RelayAttempt answered => $"{answered.Relay} answered attempt {answered.Number} of {answered.Command} with {answered.Class}{(answered.Status is { } status ? $" (HTTP {status})" : string.Empty)} after {answered.LatencyMicroseconds} us: {Followed(answered.Consequence)}.",
        LogEvent.CompetitionExamined examined => $"Block {examined.Block} was executed again with the bundle at {examined.Executions} places{(examined.IsVerified ? string.Empty : ", on state that is not proven")}. {examined.Detail}",
        LogEvent.BundleOutcome outcome => VerdictText.Of(outcome, string.Empty),
        _ => string.Empty,
    };

    /// <summary>What an event is, in one word with underscores.</summary>
    public static string WordOf(LogEvent step) => step switch
    {
        LogEvent.BundleBuilt => "built",
        LogEvent.BundleStale => "not_sent",
        LogEvent.BundleCancelled => "withdrawn",
        LogEvent.AttemptRefused => "attempt_refused",
        LogEvent.AttemptStarted => "attempt_started",
        LogEvent.RelayAttempt => "relay_answer",
        LogEvent.CompetitionExamined => "examined",
        LogEvent.BundleOutcome => "decided",
        _ => "other",
    };

    /// <summary>How far an event can be relied on.</summary>
    public static EvidenceStrength StrengthOf(LogEvent step) => step switch
    {
        LogEvent.RelayAttempt { IsDryRun: false } => EvidenceStrength.Strong,
        LogEvent.CompetitionExamined examined => examined.IsVerified ? EvidenceStrength.Proof : EvidenceStrength.Strong,
        LogEvent.BundleOutcome outcome => outcome.Strength,
        _ => EvidenceStrength.Proof,
    };

    private static string Dry(bool isDryRun) => isDryRun ? "; nothing is sent" : string.Empty;

    private static string Followed(AttemptConsequence consequence) => consequence switch
    {
        AttemptConsequence.Accepted => "it has the bundle",
        AttemptConsequence.Retry => "it does not have it, and may take it later",
        AttemptConsequence.DoNotRetry => "it does not have it, and would not take it again",
        _ => "it may have it",
    };

    private static string Ended(BundleEnd end) => end switch
    {
        BundleEnd.DoesNotPay => "it does not pay on the state of the head",
        BundleEnd.Fails => "one of its transactions fails on the state of the head",
        BundleEnd.OpportunityEnded => "its opportunity no longer holds",
        BundleEnd.Replaced => "a better bundle takes its place",
        BundleEnd.BaseLeft => "the block on whose state it was built left the chain",
        BundleEnd.TargetPassed => "its target block exists",
        BundleEnd.OperatorMoved => "the operator's nonce or balance changed",
        BundleEnd.Withdrawn => "the operator withdrew it",
        _ => "no reason is on record",
    };
}
