using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Transports;

/// <summary>A node cannot be reached or violated the protocol. The message contains no credentials.</summary>
public sealed class RpcTransportException : Exception
{
    /// <summary>Creates a failure of a known kind.</summary>
    public RpcTransportException(TransportFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Creates a failure of unknown kind.</summary>
    public RpcTransportException(string message)
        : base(message)
    {
    }

    /// <summary>Creates a failure of unknown kind.</summary>
    public RpcTransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates a failure of unknown kind.</summary>
    public RpcTransportException()
    {
    }

    /// <summary>The kind of failure.</summary>
    public TransportFault Fault { get; }

    /// <summary>The refusal, if the node sent an HTTP status or refused the subscription; otherwise none.</summary>
    public RpcRefusal Refusal { get; init; }
}
