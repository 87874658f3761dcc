namespace Mempulse.Evm.State;

/// <summary>What a state reader answers.</summary>
public enum ReadOutcome
{
    /// <summary>It knows, and here it is; a slot never written is found to be zero.</summary>
    Found = 0,

    /// <summary>It knows that there is no such account.</summary>
    Absent = 1,

    /// <summary>It does not know; the run cannot be judged until somebody fetches this.</summary>
    Missing = 2,
}
