using Mempulse.Primitives;

namespace Mempulse.Canon.Reading;

/// <summary>The position asked for was deleted by retention; a reader that needs it starts from a snapshot.</summary>
public sealed class LogTruncatedException : IOException
{
    /// <summary>What was asked for and what is there.</summary>
    public LogTruncatedException(GlobalSeq asked, GlobalSeq oldest)
        : base($"Position {asked} was deleted: the log begins at {oldest}.") =>
        Oldest = oldest;

    /// <summary>Without a message, for serializers.</summary>
    public LogTruncatedException()
    {
    }

    /// <summary>With a message only.</summary>
    public LogTruncatedException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    public LogTruncatedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The first position still there.</summary>
    public GlobalSeq Oldest { get; }
}
