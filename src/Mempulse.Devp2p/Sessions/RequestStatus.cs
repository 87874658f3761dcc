namespace Mempulse.Devp2p.Sessions;

/// <summary>How a request to a peer ended.</summary>
public enum RequestStatus
{
    /// <summary>The peer answered, possibly with fewer items than requested.</summary>
    Answered,

    /// <summary>No response arrived in time.</summary>
    TimedOut,

    /// <summary>The peer is not connected, or disconnected before it answered.</summary>
    PeerGone,

    /// <summary>The limit of pending requests to this peer is reached.</summary>
    TooManyPending,
}
