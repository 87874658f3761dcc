using System.Diagnostics;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>A source is lost: its session ends, and the loop tries it again. The message goes on record and names no credentials.</summary>
/// <remarks>Thrown by what runs in a session, caught by the loop of that source.</remarks>
public sealed class SourceLostException : Exception
{
    /// <summary>A loss with its reason.</summary>
    public SourceLostException(SourceLossReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>A loss for an unknown reason.</summary>
    public SourceLostException(string message)
        : base(message)
    {
    }

    /// <summary>A loss for an unknown reason.</summary>
    public SourceLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A loss for an unknown reason.</summary>
    public SourceLostException()
    {
    }

    /// <summary>Why, as it goes on record.</summary>
    public SourceLossReason Reason { get; }

    /// <summary>The loss that a failed call means for its source.</summary>
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
