namespace Mempulse.Primitives.Events;

/// <summary>Where a transaction stands. The number is on disk.</summary>
public enum TxState
{
    /// <summary>Never seen.</summary>
    Unknown = 0,

    /// <summary>Its hash was seen, its body not yet.</summary>
    Seen = 1,

    /// <summary>Next in its sender's nonce order, or behind others that are.</summary>
    Pending = 2,

    /// <summary>Behind a nonce that nobody has shown.</summary>
    Queued = 3,

    /// <summary>In a canonical block.</summary>
    Included = 4,

    /// <summary>In a canonical block deep enough to be final, whatever arrives later.</summary>
    Confirmed = 5,

    /// <summary>Another transaction of the same sender and nonce took its place.</summary>
    Replaced = 6,

    /// <summary>It waited longer than the fold keeps it.</summary>
    Expired = 7,
}
