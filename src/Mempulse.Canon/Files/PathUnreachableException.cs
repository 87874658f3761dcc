namespace Mempulse.Canon.Files;

/// <summary>A path cannot be used now: a permission is missing, a mount is gone, or the file is no longer where it was opened.</summary>
public sealed class PathUnreachableException : IOException
{
    /// <summary>Creates an exception with a message.</summary>
    public PathUnreachableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public PathUnreachableException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public PathUnreachableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
