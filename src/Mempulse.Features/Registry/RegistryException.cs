namespace Mempulse.Features.Registry;

/// <summary>A registry file cannot be used.</summary>
public sealed class RegistryException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RegistryException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and where.</param>
    public RegistryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public RegistryException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
