namespace Mempulse.Primitives;

/// <summary>An invariant of our own code does not hold; nothing after this can be trusted.</summary>
public sealed class InvariantBrokenException : Exception
{
    /// <summary>The broken relation, with its number.</summary>
    public InvariantBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message, for serializers.</summary>
    public InvariantBrokenException()
    {
    }

    /// <summary>With a cause.</summary>
    public InvariantBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
