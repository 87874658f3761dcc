namespace Mempulse.ChainState;

/// <summary>No node returned the header of a simulation's base block.</summary>
public sealed class StateUnavailableException : Exception
{
    /// <summary>Creates an exception with its reason and message.</summary>
    public StateUnavailableException(StateUnavailability reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Creates an exception without details.</summary>
    public StateUnavailableException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public StateUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public StateUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the block is unknown or no node answers.</summary>
    public StateUnavailability Reason { get; }
}
