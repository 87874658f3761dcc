namespace Mempulse.Primitives.Events;

/// <summary>How a source reported a transaction. The number is on disk.</summary>
public enum SightingVia
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Its hash came over a pending-transaction subscription.</summary>
    HashSubscription = 1,

    /// <summary>Its body came over a pending-transaction subscription.</summary>
    BodySubscription = 2,

    /// <summary>It was found in the node's pool: while reconciling losses, or because the source is polled.</summary>
    PoolSnapshot = 3,

    /// <summary>A peer announced its hash (eth NewPooledTransactionHashes).</summary>
    PeerAnnouncement = 4,

    /// <summary>A peer sent its body without a request (eth Transactions).</summary>
    PeerGossip = 5,

    /// <summary>A user submitted it.</summary>
    Submitted = 6,

    /// <summary>A peer delivered its body on request (eth PooledTransactions).</summary>
    PeerDelivery = 7,
}
