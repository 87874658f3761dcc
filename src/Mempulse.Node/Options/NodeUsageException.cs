namespace Mempulse.Node.Options;

/// <summary>What was asked for makes no sense; the message is one sentence for the one who asked.</summary>
internal sealed class NodeUsageException : Exception
{
    public NodeUsageException(string message)
        : base(message)
    {
    }

    public NodeUsageException()
    {
    }

    public NodeUsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
