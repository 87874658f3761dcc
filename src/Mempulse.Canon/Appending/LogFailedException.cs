namespace Mempulse.Canon.Appending;

/// <summary>The device failed, or the log found a bug in itself: nothing more is acknowledged until the log is reopened.</summary>
public sealed class LogFailedException : IOException
{
    /// <summary>Creates an exception with a message.</summary>
    public LogFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogFailedException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
