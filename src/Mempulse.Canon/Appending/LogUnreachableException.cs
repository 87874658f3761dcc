namespace Mempulse.Canon.Appending;

/// <summary>The log's directory or device cannot be reached: the batch was not appended, and appends are refused until it can.</summary>
public sealed class LogUnreachableException : LogRefusedException
{
    /// <summary>Creates an exception with a message.</summary>
    public LogUnreachableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogUnreachableException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogUnreachableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
