using System.Diagnostics;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>A source is lost: its session ends, and the loop reconnects. The message is recorded and contains no credentials.</summary>
/// <remarks>Thrown within a session and caught by the loop of the source.</remarks>
public sealed class SourceLostException : Exception
{
    /// <summary>Creates a loss with its reason.</summary>
    public SourceLostException(SourceLossReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Creates a loss for an unknown reason.</summary>
    public SourceLostException(string message)
        : base(message)
    {
    }

    /// <summary>Creates a loss for an unknown reason.</summary>
    public SourceLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates a loss for an unknown reason.</summary>
    public SourceLostException()
    {
    }

    /// <summary>The reason, as recorded.</summary>
    public SourceLossReason Reason { get; }

    /// <summary>Returns the loss that a failed call means for its source.</summary>
    internal static SourceLostException Of(RpcTransportException failure) => new(ReasonOf(failure.Fault), failure.Message, failure);

    /// <summary>Returns the loss that a refused call means for its source, without the node's text, which may contain anything.</summary>
    internal static SourceLostException Of(string method, in RpcRefusal refusal) => refusal.Kind switch
    {
        RefusalKind.RateLimited => new(SourceLossReason.Refused, $"The node limits the rate of calls: it refused {method} (error {refusal.Code})."),
        RefusalKind.Transient => new(SourceLossReason.Closed, $"The node cannot answer {method} now (error {refusal.Code})."),
        RefusalKind.Malformed => new(SourceLossReason.ProtocolViolation, $"The node's answer to {method} is not JSON-RPC."),
        _ => new(SourceLossReason.Refused, $"The node refused {method} (error {refusal.Code})."),
    };

    private static SourceLossReason ReasonOf(TransportFault fault) => fault switch
    {
        TransportFault.Unknown => SourceLossReason.Unknown,
        TransportFault.ConnectFailed => SourceLossReason.ConnectFailed,
        TransportFault.Closed => SourceLossReason.Closed,
        TransportFault.Silent => SourceLossReason.Silent,
        TransportFault.ProtocolViolation => SourceLossReason.ProtocolViolation,
        _ => throw new UnreachableException(),
    };
}
