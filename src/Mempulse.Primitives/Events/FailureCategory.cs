namespace Mempulse.Primitives.Events;

/// <summary>In one word why a simulated bundle did not succeed; the numbers are in the log and do not change.</summary>
public enum FailureCategory
{
    /// <summary>It did.</summary>
    None = 0,

    /// <summary>A transaction does not decode or is invalid in the block.</summary>
    Invalid = 1,

    /// <summary>A transaction reverted.</summary>
    Revert = 2,

    /// <summary>A transaction halted: out of gas, a bad instruction, and the like.</summary>
    Halt = 3,

    /// <summary>Nobody knew a part of the state.</summary>
    StateMissing = 4,

    /// <summary>A node told something else than the state root proves.</summary>
    StateMismatch = 5,

    /// <summary>A bound was reached.</summary>
    Limit = 6,
}
