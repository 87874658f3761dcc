namespace Mempulse.Builder.Dialects;

/// <summary>A description of a builder cannot be used.</summary>
public sealed class DialectException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DialectException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and where.</param>
    public DialectException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public DialectException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
