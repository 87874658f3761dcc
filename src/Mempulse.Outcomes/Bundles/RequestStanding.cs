using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Bundles;

/// <summary>What was asked of one relay for a bundle, by one command.</summary>
/// <param name="Relay">The relay.</param>
/// <param name="Command">What it was asked for.</param>
public sealed record RequestStanding(string Relay, RelayCommandKind Command)
{
    /// <summary>The number of the last attempt that started; 0 before the first. The next one has the next number.</summary>
    public int LastStarted { get; init; }

    /// <summary>When it started.</summary>
    public UnixNanoseconds StartedAt { get; init; }

    /// <summary>The number of the last attempt that was answered, or failed; 0 before the first.</summary>
    public int LastAnswered { get; init; }

    /// <summary>What came back of it.</summary>
    public ErrorClass Class { get; init; }

    /// <summary>What follows from it; null before the first answer.</summary>
    public AttemptConsequence? Consequence { get; init; }

    /// <summary>The rule that refused the last request before it left; None if none did.</summary>
    public PreflightRule Refusal { get; init; }

    /// <summary>True if nothing was sent.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True if an attempt started that was not answered: the relay may have it.</summary>
    public bool IsUnanswered => LastStarted > LastAnswered;
}
