namespace Mempulse.Canon.Appending;

/// <summary>A sync answered with an error, which is final: what is on the device is unknown from now on.</summary>
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
