namespace Mempulse.Canon.Format;

/// <summary>Data that was acknowledged as durable is damaged; nothing was changed.</summary>
public sealed class LogCorruptException : IOException
{
    /// <summary>The damage found.</summary>
    public LogCorruptException(LogDamage damage)
        : base($"The log is damaged. {damage}") =>
        Damage = damage;

    /// <summary>Without a message, for serializers.</summary>
    public LogCorruptException()
    {
    }

    /// <summary>With a message only.</summary>
    public LogCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    public LogCorruptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Where, what was expected and what was found; null only when made from a message.</summary>
    public LogDamage? Damage { get; }
}
