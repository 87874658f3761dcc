namespace Mempulse.Evm.State;

/// <summary>The outcome of a state read.</summary>
public enum ReadOutcome
{
    /// <summary>The value is known; a slot that was never written is found with value zero.</summary>
    Found = 0,

    /// <summary>The account is known not to exist.</summary>
    Absent = 1,

    /// <summary>The value is unknown; the run has no result until it is fetched.</summary>
    Missing = 2,
}
