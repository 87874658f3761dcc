namespace Mempulse.Primitives.Events;

/// <summary>The state of a transaction. The number is on disk.</summary>
public enum TxState
{
    /// <summary>Never seen.</summary>
    Unknown = 0,

    /// <summary>Its hash is known, its body is not.</summary>
    Seen = 1,

    /// <summary>Its sender's next nonce, or behind pending ones without a gap.</summary>
    Pending = 2,

    /// <summary>Behind a nonce gap.</summary>
    Queued = 3,

    /// <summary>In a canonical block.</summary>
    Included = 4,

    /// <summary>In a canonical block deep enough to be final, whatever arrives later.</summary>
    Confirmed = 5,

    /// <summary>Another transaction of the same sender and nonce replaced it.</summary>
    Replaced = 6,

    /// <summary>It waited longer than the fold keeps it.</summary>
    Expired = 7,

    /// <summary>It waits, but no connected source whose pool is checked still has it. A sighting returns it to the pool, and a block may include it.</summary>
    Left = 8,
}
