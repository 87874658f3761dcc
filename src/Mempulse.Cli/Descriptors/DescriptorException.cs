namespace Mempulse.Cli.Descriptors;

/// <summary>A descriptor cannot be used. The message names the file and what is wrong.</summary>
internal sealed class DescriptorException : Exception
{
    public DescriptorException()
    {
    }

    public DescriptorException(string message)
        : base(message)
    {
    }

    public DescriptorException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
