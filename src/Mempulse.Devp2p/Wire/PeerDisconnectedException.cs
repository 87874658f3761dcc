namespace Mempulse.Devp2p.Wire;

/// <summary>The peer sent a disconnect.</summary>
public sealed class PeerDisconnectedException : Exception
{
    /// <summary>Creates the exception with a default message.</summary>
    public PeerDisconnectedException()
        : this("The peer ended the connection.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public PeerDisconnectedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public PeerDisconnectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with the peer's reason.</summary>
    public PeerDisconnectedException(DisconnectReason reason)
        : base($"The peer ended the connection: {reason}.") => Reason = reason;

    /// <summary>The protocol's disconnect reason.</summary>
    public DisconnectReason Reason { get; } = DisconnectReason.Unknown;
}
