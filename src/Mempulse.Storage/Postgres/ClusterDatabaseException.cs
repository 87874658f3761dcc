namespace Mempulse.Storage.Postgres;

/// <summary>The database of a cluster cannot be used. The message is one sentence that says where, why and what to do, without the password.</summary>
public sealed class ClusterDatabaseException : IOException
{
    /// <summary>Creates an exception for a problem.</summary>
    public ClusterDatabaseException(ClusterDatabaseProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>Creates an exception for a problem with its cause.</summary>
    public ClusterDatabaseException(ClusterDatabaseProblem problem, string message, Exception innerException)
        : base(message, innerException) => Problem = problem;

    /// <summary>Creates an exception with a message.</summary>
    public ClusterDatabaseException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public ClusterDatabaseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public ClusterDatabaseException()
    {
    }

    /// <summary>Why the database cannot be used.</summary>
    public ClusterDatabaseProblem Problem { get; }
}
