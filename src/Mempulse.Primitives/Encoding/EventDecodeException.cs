namespace Mempulse.Primitives.Encoding;

/// <summary>The bytes of a record or payload violate the format; the message states what was expected and found.</summary>
public sealed class EventDecodeException : Exception
{
    /// <summary>A failure with its reason.</summary>
    public EventDecodeException(string message)
        : base(message)
    {
    }

    /// <summary>A failure without a reason, for serializers.</summary>
    public EventDecodeException()
    {
    }

    /// <summary>A failure with its reason and cause.</summary>
    public EventDecodeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
