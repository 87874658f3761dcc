namespace Mempulse.ChainState;

/// <summary>A node did not give the header that a simulation is anchored at.</summary>
public sealed class StateUnavailableException : Exception
{
    /// <summary>Says which block and why, and whether anybody answered at all.</summary>
    public StateUnavailableException(StateUnavailability reason, string message)
        : base(message) => Reason = reason;

    /// <summary>No more is known.</summary>
    public StateUnavailableException()
    {
    }

    /// <summary>Says which block and why.</summary>
    public StateUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says which block and why.</summary>
    public StateUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the block is unknown, or nobody answers.</summary>
    public StateUnavailability Reason { get; }
}
