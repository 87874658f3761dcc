using Mempulse.Primitives;

namespace Mempulse.Canon.Reading;

/// <summary>Retention has deleted the requested position; a reader that needs it must start from a snapshot.</summary>
public sealed class LogTruncatedException : IOException
{
    /// <summary>Creates an exception that names the requested position and the first one still in the log.</summary>
    public LogTruncatedException(GlobalSeq requested, GlobalSeq oldest)
        : base($"Cannot read position {requested}: it was deleted, and the log now begins at {oldest}.") =>
        Oldest = oldest;

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogTruncatedException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public LogTruncatedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogTruncatedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The first position still in the log.</summary>
    public GlobalSeq Oldest { get; }
}
