namespace Mempulse.Canon.Appending;

/// <summary>The device failed, or the log found a bug in itself: nothing more is acknowledged, and the log is to be opened anew.</summary>
public sealed class LogFailedException : IOException
{
    /// <summary>With a message.</summary>
    public LogFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message, for serializers.</summary>
    public LogFailedException()
    {
    }

    /// <summary>With the cause.</summary>
    public LogFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
