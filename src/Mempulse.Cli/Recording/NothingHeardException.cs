namespace Mempulse.Cli.Recording;

/// <summary>A recording ended, and no source had sent anything.</summary>
internal sealed class NothingHeardException : IOException
{
    public NothingHeardException(string message)
        : base(message)
    {
    }

    public NothingHeardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public NothingHeardException()
    {
    }
}
