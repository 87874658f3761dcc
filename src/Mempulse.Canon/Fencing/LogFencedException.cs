using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>Another writer took the log over; what this one wrote since is not acknowledged and stands where nobody reads.</summary>
public sealed class LogFencedException : IOException
{
    /// <summary>The term that was lost, and the one that holds now.</summary>
    public LogFencedException(Epoch lost, Epoch current)
        : base($"The term {lost} is over: the log is written in term {current}.") =>
        Current = current;

    /// <summary>Without a message, for serializers.</summary>
    public LogFencedException()
    {
    }

    /// <summary>With a message only.</summary>
    public LogFencedException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    public LogFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The term that holds now.</summary>
    public Epoch Current { get; }
}
