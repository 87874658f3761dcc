namespace Mempulse.JsonRpc.Refusals;

/// <summary>Why a node refused a call, to the extent that a caller can act on it. The set is closed: every error is one of these.</summary>
public enum RefusalKind
{
    /// <summary>The call was not refused.</summary>
    None = 0,

    /// <summary>The node does not offer the method, or not to this caller. Use another method or another node.</summary>
    MethodNotSupported = 1,

    /// <summary>The node accepts no batches, or not this method in a batch. Send single calls.</summary>
    NotSupportedInBatch = 2,

    /// <summary>The batch has more calls than the node accepts. Send smaller batches.</summary>
    BatchTooLarge = 3,

    /// <summary>Too many calls in a period, or a quota is exhausted. Wait.</summary>
    RateLimited = 4,

    /// <summary>The request or its result exceeds the node's size limit. Ask for less.</summary>
    TooLarge = 5,

    /// <summary>The node has pruned the state or history that the call needs. Retrying does not help.</summary>
    StateUnavailable = 6,

    /// <summary>The node cannot answer now: it timed out, is busy or syncing, or lacks the block so far. Retry.</summary>
    Transient = 7,

    /// <summary>The answer is missing or is not a JSON-RPC response.</summary>
    Malformed = 8,

    /// <summary>An error of unknown kind. A retry may succeed.</summary>
    Other = 9,
}
