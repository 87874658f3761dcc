using Mempulse.Primitives.Events;

namespace Mempulse.Net.Rpc;

/// <summary>A node could not be reached, or what came is not the protocol. The message names no credentials.</summary>
public sealed class RpcTransportException : Exception
{
    /// <summary>A failure with its kind.</summary>
    public RpcTransportException(SourceLossReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

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
    public SourceLossReason Reason { get; }
}
