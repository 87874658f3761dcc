namespace Mempulse.JsonRpc.Refusals;

/// <summary>Why a node refused a call, as far as a caller can act on it. Closed: every error of every node is one of these.</summary>
public enum RefusalKind
{
    /// <summary>The call was not refused.</summary>
    None = 0,

    /// <summary>The node does not offer the method, to anyone or to this caller. Use another method or another node.</summary>
    MethodNotSupported = 1,

    /// <summary>The node takes no batches, or not this method in one. Send single calls.</summary>
    NotSupportedInBatch = 2,

    /// <summary>The batch has more calls than the node takes. Send smaller ones.</summary>
    BatchTooLarge = 3,

    /// <summary>Too many calls in too short a time, or a quota is used up. Wait.</summary>
    RateLimited = 4,

    /// <summary>The request or its result is over the node's size limit. Ask for less.</summary>
    TooLarge = 5,

    /// <summary>The node has pruned the state or history that the call needs. It will not have it later either.</summary>
    StateUnavailable = 6,

    /// <summary>The node cannot answer now: timed out, busy, syncing, or a block it does not have yet. Ask again.</summary>
    Transient = 7,

    /// <summary>The answer is missing or is not a JSON-RPC response.</summary>
    Malformed = 8,

    /// <summary>An error of no known kind. It may pass.</summary>
    Other = 9,
}
