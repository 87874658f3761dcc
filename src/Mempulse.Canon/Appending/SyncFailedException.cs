namespace Mempulse.Canon.Appending;

/// <summary>A sync failed. The error is final: from now on, what is on the device is unknown.</summary>
internal sealed class SyncFailedException : IOException
{
    public SyncFailedException(string message)
        : base(message)
    {
    }

    public SyncFailedException()
    {
    }

    public SyncFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
