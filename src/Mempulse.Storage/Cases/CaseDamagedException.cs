namespace Mempulse.Storage.Cases;

/// <summary>A file is damaged, or it is not a case file; the message says what is wrong.</summary>
public sealed class CaseDamagedException : IOException
{
    /// <summary>Creates an exception for a finding.</summary>
    public CaseDamagedException(string path, string finding, Exception? inner)
        : base($"'{path}' is not a sound case file: {finding}", inner)
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public CaseDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public CaseDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public CaseDamagedException()
    {
    }
}
