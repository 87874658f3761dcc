namespace Mempulse.Canon.Fencing;

/// <summary>Another writer holds the log's lock.</summary>
public sealed class LogLockedException : IOException
{
    /// <summary>Creates an exception with a message.</summary>
    public LogLockedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogLockedException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogLockedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
