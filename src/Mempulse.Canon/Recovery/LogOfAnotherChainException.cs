namespace Mempulse.Canon.Recovery;

/// <summary>A directory has the log of another chain. Nothing is damaged, and nothing was changed.</summary>
public sealed class LogOfAnotherChainException : IOException
{
    /// <summary>Creates an exception with a message.</summary>
    public LogOfAnotherChainException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogOfAnotherChainException()
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogOfAnotherChainException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
