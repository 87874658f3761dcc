using System.Diagnostics;
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
