using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Transports;

/// <summary>A node could not be reached, or what came is not the protocol. The message names no credentials.</summary>
public sealed class RpcTransportException : Exception
{
    /// <summary>A failure with its kind.</summary>
    public RpcTransportException(TransportFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>A failure of unknown kind.</summary>
    public RpcTransportException(string message)
        : base(message)
    {
    }

    /// <summary>A failure of unknown kind.</summary>
    public RpcTransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failure of unknown kind.</summary>
    public RpcTransportException()
    {
    }

    /// <summary>What kind of failure.</summary>
    public TransportFault Fault { get; }

    /// <summary>Why the node refused, where it said so by an HTTP status or by refusing the subscription; else none.</summary>
    public RpcRefusal Refusal { get; init; }
}
