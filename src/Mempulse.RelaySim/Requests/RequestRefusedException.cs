namespace Mempulse.RelaySim.Requests;

/// <summary>A request that a builder refuses with an error.</summary>
public sealed class RequestRefusedException : Exception
{
    /// <summary>JSON-RPC 2.0, section 5.1.</summary>
    internal const int ParseError = -32700, InvalidRequest = -32600, MethodNotFound = -32601, InvalidParams = -32602;

    /// <summary>Creates the exception.</summary>
    public RequestRefusedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public RequestRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public RequestRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="code">The JSON-RPC code.</param>
    /// <param name="message">Why.</param>
    public RequestRefusedException(int code, string message)
        : base(message) => Code = code;

    /// <summary>The JSON-RPC code.</summary>
    public int Code { get; } = InvalidRequest;
}
