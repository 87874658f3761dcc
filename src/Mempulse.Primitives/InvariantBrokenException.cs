namespace Mempulse.Primitives;

/// <summary>A relation that our own code must keep does not hold; nothing that follows can be trusted.</summary>
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
