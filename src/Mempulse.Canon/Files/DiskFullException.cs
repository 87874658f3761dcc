namespace Mempulse.Canon.Files;

/// <summary>The device has no room (ENOSPC) or the quota is used up (EDQUOT).</summary>
public sealed class DiskFullException : IOException
{
    /// <summary>No room at a path.</summary>
    public DiskFullException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message, for serializers.</summary>
    public DiskFullException()
    {
    }

    /// <summary>With the operating system's answer.</summary>
    public DiskFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
