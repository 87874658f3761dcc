namespace Mempulse.Storage.Cases;

/// <summary>There is no case of an id; the message says why.</summary>
public sealed class CaseUnavailableException : Exception
{
    /// <summary>Creates an exception for a problem.</summary>
    public CaseUnavailableException(CaseProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>Creates an exception with a message.</summary>
    public CaseUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public CaseUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public CaseUnavailableException()
    {
    }

    /// <summary>Why the case cannot be made.</summary>
    public CaseProblem Problem { get; }
}
