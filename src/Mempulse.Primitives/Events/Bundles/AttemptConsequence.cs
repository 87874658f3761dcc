namespace Mempulse.Primitives.Events;

/// <summary>What follows from an answer. The number is on disk.</summary>
public enum AttemptConsequence
{
    /// <summary>The builder has it.</summary>
    Accepted = 0,

    /// <summary>The builder does not have it, and may take it later.</summary>
    Retry = 1,

    /// <summary>The builder does not have it, and would not take it again.</summary>
    DoNotRetry = 2,

    /// <summary>The builder may have it. Only the chain decides; to send it again under the same UUID and sequence changes nothing.</summary>
    Unknown = 3,
}
