namespace Mempulse.Canon.Files;

/// <summary>The device is full (ENOSPC), or the quota is used up (EDQUOT).</summary>
public sealed class DiskFullException : IOException
{
    /// <summary>Creates an exception with a message.</summary>
    public DiskFullException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public DiskFullException()
    {
    }

    /// <summary>Creates an exception with a message and the operating system's error.</summary>
    public DiskFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
