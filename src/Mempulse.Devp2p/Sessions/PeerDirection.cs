namespace Mempulse.Devp2p.Sessions;

/// <summary>Which side dialled.</summary>
public enum PeerDirection
{
    /// <summary>The peer dialled us.</summary>
    Inbound,

    /// <summary>We dialled the peer.</summary>
    Outbound,
}
