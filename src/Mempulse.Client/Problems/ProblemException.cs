using System.Net;

namespace Mempulse.Client.Problems;

/// <summary>The node refused a request or could not answer it: the problem details of its answer (RFC 9457).</summary>
public sealed class ProblemException : HttpRequestException
{
    /// <summary>With a message alone.</summary>
    public ProblemException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message.</summary>
    public ProblemException()
    {
    }

    /// <summary>With a cause.</summary>
    public ProblemException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ProblemException(Uri? address, HttpStatusCode status, ProblemBody problem, TimeSpan? retryAfter)
        : base($"The node at {address} answered with status {(int)status}{(problem.Detail is { } detail ? $": {detail}" : ".")}", null, status)
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    internal ProblemException(Uri? address, HttpStatusCode status, Exception unreadable)
        : base($"'{address}' is not a Mempulse node of this version: its answer cannot be read. {unreadable.Message}", unreadable, status)
    {
    }

    /// <summary>What the node says; empty if its answer was not a problem of this API.</summary>
    public ProblemBody Problem { get; } = new();

    /// <summary>How long to wait before a retry can help; null if the node does not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
