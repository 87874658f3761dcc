namespace Mempulse.Node.Options;

/// <summary>An option or a setting is not valid; the message is one sentence for the user.</summary>
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
