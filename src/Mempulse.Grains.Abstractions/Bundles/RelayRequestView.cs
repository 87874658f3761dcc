using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>What was asked of a relay for a bundle, by one command.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.relay-request-view")]
public sealed record RelayRequestView
{
    /// <summary>The number of the last attempt that started; 0 before the first.</summary>
    [Id(0)]
    public int LastStarted { get; init; }

    /// <summary>The number of the last attempt that was answered, or failed; 0 before the first.</summary>
    [Id(1)]
    public int LastAnswered { get; init; }

    /// <summary>What follows from the last answer; null before the first.</summary>
    [Id(2)]
    public AttemptConsequence? Consequence { get; init; }

    /// <summary>The rule that refused the last request before it left; None if none did.</summary>
    [Id(3)]
    public PreflightRule Refusal { get; init; }

    /// <summary>True if an attempt started that was not answered: the relay may have it.</summary>
    public bool IsUnanswered => LastStarted > LastAnswered;

    /// <summary>True if the relay has what was asked, or may have it.</summary>
    public bool MayBeHeld => LastStarted > 0 && (IsUnanswered || Consequence is AttemptConsequence.Accepted or AttemptConsequence.Unknown);

    /// <summary>True if the relay has what was asked, refuses it for good, or may have it: another attempt would change nothing.</summary>
    public bool IsSettled => Refusal != PreflightRule.None || (!IsUnanswered && Consequence is { } consequence && consequence != AttemptConsequence.Retry);
}
