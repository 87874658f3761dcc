namespace Mempulse.Devp2p.Wire;

/// <summary>The peer has said that it ends the connection, and why.</summary>
public sealed class PeerDisconnectedException : Exception
{
    /// <summary>Without particulars.</summary>
    public PeerDisconnectedException()
        : this("The peer ended the connection.")
    {
    }

    /// <summary>With a sentence.</summary>
    public PeerDisconnectedException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence and what caused it.</summary>
    public PeerDisconnectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the reason that the peer gave.</summary>
    public PeerDisconnectedException(DisconnectReason reason)
        : base($"The peer ended the connection: {reason}.") => Reason = reason;

    /// <summary>The reason in the protocol's numbers.</summary>
    public DisconnectReason Reason { get; } = DisconnectReason.Unknown;
}
