namespace Mempulse.Cli.Recording;

/// <summary>A recording ended without anything from any source.</summary>
internal sealed class NothingReceivedException : IOException
{
    public NothingReceivedException(string message)
        : base(message)
    {
    }

    public NothingReceivedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public NothingReceivedException()
    {
    }
}
