namespace Mempulse.Canon.Appending;

/// <summary>There is no room on the device: the batch was not appended, and appends are refused until there is room again.</summary>
public sealed class LogFullException : IOException
{
    /// <summary>With a message.</summary>
    public LogFullException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message, for serializers.</summary>
    public LogFullException()
    {
    }

    /// <summary>With the cause.</summary>
    public LogFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
