namespace Mempulse.Devp2p.Sessions;

/// <summary>Misbehaviour that does not end the connection immediately. Points add up until the peer is disconnected and banned.</summary>
public enum PeerOffence
{
    /// <summary>Exceeded the item rate; the message was dropped. 1 point.</summary>
    Flood,

    /// <summary>Sent a response without a matching request. 5 points.</summary>
    UnsolicitedAnswer,

    /// <summary>Did not answer a request in time. 2 points.</summary>
    NoAnswer,

    /// <summary>Delivered a transaction whose type, size or hash differs from the announced one. 20 points.</summary>
    AnnouncementMismatch,

    /// <summary>Delivered bytes that are not a valid transaction of this chain. 20 points.</summary>
    InvalidTransaction,

    /// <summary>Delivered receipts that are malformed, or that the block's receiptsRoot refutes. 20 points.</summary>
    InvalidReceipts,
}
