namespace Mempulse.Primitives.Events;

/// <summary>Why an opportunity no longer holds. The number is on disk.</summary>
public enum OppEnd
{
    /// <summary>It holds; never written.</summary>
    None = 0,

    /// <summary>A block includes the trigger.</summary>
    TriggerIncluded = 1,

    /// <summary>Another transaction with the trigger's nonce outbid it.</summary>
    TriggerReplaced = 2,

    /// <summary>A block includes a transaction that excludes it: one with the trigger's nonce, or another trigger that moved one of its pools.</summary>
    ConflictIncluded = 3,

    /// <summary>The state of one of its pools or markets is no longer the one that it was computed on.</summary>
    PoolMoved = 4,

    /// <summary>The block whose state it was computed on left the chain.</summary>
    BaseLeft = 5,

    /// <summary>The trigger waits for an earlier nonce.</summary>
    TriggerQueued = 6,

    /// <summary>The sources that announced the trigger no longer have it.</summary>
    TriggerLeft = 7,

    /// <summary>The trigger waited too long.</summary>
    TriggerExpired = 8,

    /// <summary>Too many blocks followed its base.</summary>
    TooOld = 9,

    /// <summary>Another transaction of the trigger's sender came before it, so that the trigger runs on another state than it was computed on.</summary>
    Overtaken = 10,
}
