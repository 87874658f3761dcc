namespace Mempulse.Devp2p.Sessions;

/// <summary>What a peer can do wrong without breaking the connection at once. Points add up until it is dropped and banned.</summary>
public enum PeerOffence
{
    /// <summary>Said more than it may; its items were dropped. 1 point.</summary>
    Flood,

    /// <summary>Answered what nobody asked. 5 points.</summary>
    UnsolicitedAnswer,

    /// <summary>Did not answer in time. 2 points.</summary>
    NoAnswer,

    /// <summary>Delivered a transaction whose type, size or hash is not the announced one. 20 points.</summary>
    AnnouncementMismatch,

    /// <summary>Delivered bytes that are no transaction of this chain. 20 points.</summary>
    InvalidTransaction,
}
