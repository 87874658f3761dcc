namespace Mempulse.Canon.Format;

/// <summary>Data that was acknowledged as durable is damaged; it was left as it is.</summary>
public sealed class LogCorruptException : IOException
{
    /// <summary>Creates an exception for the damage that was found.</summary>
    public LogCorruptException(LogDamage damage)
        : base($"The log is damaged. {damage}") =>
        Damage = damage;

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public LogCorruptException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public LogCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public LogCorruptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Where the damage is, what was expected and what was found; null only if the exception was created from a message.</summary>
    public LogDamage? Damage { get; }
}
