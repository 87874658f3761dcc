namespace Mempulse.Primitives.Events;

/// <summary>Why the state of a pool that follows from the log is not the chain's. The number is on disk.</summary>
public enum DivergenceCause
{
    /// <summary>Not known; never written.</summary>
    Unknown = 0,

    /// <summary>The contract emitted an event that was not applied.</summary>
    MissedLog = 1,

    /// <summary>The pool has the state of a block that is not canonical. This version does not write it: such a pool is read anew.</summary>
    UnhandledReorg = 2,

    /// <summary>The storage changed without an event.</summary>
    StorageMutated = 3,

    /// <summary>The events of the last blocks did not arrive in time. This version does not write it: every pool is read anew.</summary>
    DeliveryLag = 4,
}
