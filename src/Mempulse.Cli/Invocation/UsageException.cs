namespace Mempulse.Cli.Invocation;

/// <summary>What the user asked for cannot be: one clear sentence, and the exit code for bad usage.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public UsageException()
    {
    }
}
