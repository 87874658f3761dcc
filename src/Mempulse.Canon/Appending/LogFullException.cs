namespace Mempulse.Canon.Appending;

/// <summary>The device is full: the batch was not appended, and appends are refused until there is room.</summary>
public sealed class LogFullException : LogRefusedException
{
    /// <summary>Creates an exception with a message.</summary>
    public LogFullException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogFullException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
