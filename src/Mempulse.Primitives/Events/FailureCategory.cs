namespace Mempulse.Primitives.Events;

/// <summary>Why a simulated bundle failed, in one word. The numbers are on disk.</summary>
public enum FailureCategory
{
    /// <summary>It succeeded.</summary>
    None = 0,

    /// <summary>A transaction does not decode or is invalid in the block.</summary>
    Invalid = 1,

    /// <summary>A transaction reverted.</summary>
    Revert = 2,

    /// <summary>A transaction halted: out of gas, a bad instruction, and the like.</summary>
    Halt = 3,

    /// <summary>A part of the state was not available.</summary>
    StateMissing = 4,

    /// <summary>A node reported a value that contradicts the state root.</summary>
    StateMismatch = 5,

    /// <summary>A limit was reached.</summary>
    Limit = 6,
}
