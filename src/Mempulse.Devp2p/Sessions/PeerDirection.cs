namespace Mempulse.Devp2p.Sessions;

/// <summary>Who dialled whom.</summary>
public enum PeerDirection
{
    /// <summary>The peer dialled us.</summary>
    Inbound,

    /// <summary>We dialled the peer.</summary>
    Outbound,
}
