namespace Mempulse.Features.Rules;

/// <summary>A log says that rules are in force whose content cannot be used, so what follows cannot be derived.</summary>
public sealed class RulesUnavailableException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public RulesUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public RulesUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    public RulesUnavailableException()
    {
    }
}
