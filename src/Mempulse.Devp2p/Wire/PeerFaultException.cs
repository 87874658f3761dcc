namespace Mempulse.Devp2p.Wire;

/// <summary>A peer did what it must not; the connection to it ends with <see cref="Reason"/>.</summary>
public sealed class PeerFaultException : Exception
{
    /// <summary>Without particulars.</summary>
    public PeerFaultException()
        : this("The peer broke the protocol.")
    {
    }

    /// <summary>With a sentence.</summary>
    public PeerFaultException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence and what caused it.</summary>
    public PeerFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With a reason and a sentence.</summary>
    public PeerFaultException(DisconnectReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>The reason in the protocol's numbers.</summary>
    public DisconnectReason Reason { get; } = DisconnectReason.ProtocolBreach;
}
