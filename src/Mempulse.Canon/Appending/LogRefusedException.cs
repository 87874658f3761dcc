namespace Mempulse.Canon.Appending;

/// <summary>The log cannot append now: the batch was not appended, and later ones are refused until the cause is gone. The log then resumes by itself.</summary>
public class LogRefusedException : IOException
{
    /// <summary>Creates an exception with a message.</summary>
    public LogRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogRefusedException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
