using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Wire;

/// <summary>The peer is at fault or not wanted; its connection ends with <see cref="Reason"/>.</summary>
public sealed class PeerFaultException : Exception
{
    /// <summary>Creates the exception with a default message.</summary>
    public PeerFaultException()
        : this("The peer broke the protocol.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public PeerFaultException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public PeerFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a disconnect reason and a message.</summary>
    public PeerFaultException(DisconnectReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>The protocol's disconnect reason.</summary>
    public DisconnectReason Reason { get; } = DisconnectReason.ProtocolBreach;

    /// <summary>Why the node does not become a peer, where more is known than the disconnect reason states; otherwise Unknown.</summary>
    public DialFailureReason DialFailure { get; init; }
}
