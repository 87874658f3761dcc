namespace Mempulse.Cli.Invocation;

/// <summary>The user's input is not valid. The message is printed, and the exit code is <see cref="ExitCode.Usage"/>.</summary>
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
