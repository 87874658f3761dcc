namespace Mempulse.Canon.Appending;

/// <summary>Another process has the log open for writing.</summary>
public sealed class LogLockedException : IOException
{
    /// <summary>With a message.</summary>
    public LogLockedException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message, for serializers.</summary>
    public LogLockedException()
    {
    }

    /// <summary>With the cause.</summary>
    public LogLockedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
