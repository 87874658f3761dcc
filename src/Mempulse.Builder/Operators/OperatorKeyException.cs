namespace Mempulse.Builder.Operators;

/// <summary>The operator's key cannot be used. The message says why and names the place; it contains nothing of the key or its password.</summary>
public sealed class OperatorKeyException : Exception
{
    /// <summary>Creates an exception without details.</summary>
    public OperatorKeyException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public OperatorKeyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public OperatorKeyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
