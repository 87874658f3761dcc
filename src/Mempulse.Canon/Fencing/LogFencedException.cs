using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>Another writer has taken over the log; what this one has written since is not acknowledged and never read.</summary>
public sealed class LogFencedException : IOException
{
    /// <summary>Creates an exception that names the lost epoch and the current one.</summary>
    public LogFencedException(Epoch lost, Epoch current)
        : base($"Cannot write in epoch {lost}: a writer with epoch {current} has taken over the log.") =>
        Current = current;

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogFencedException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public LogFencedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The current epoch.</summary>
    public Epoch Current { get; }
}
