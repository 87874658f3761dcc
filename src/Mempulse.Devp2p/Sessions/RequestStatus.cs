namespace Mempulse.Devp2p.Sessions;

/// <summary>How a question to a peer ended.</summary>
public enum RequestStatus
{
    /// <summary>The peer answered, perhaps with less than was asked for.</summary>
    Answered,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The peer is not connected, or went away meanwhile.</summary>
    PeerGone,

    /// <summary>Too many questions wait for this peer already.</summary>
    TooManyPending,
}
