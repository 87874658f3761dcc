namespace Mempulse.Primitives.Events;

/// <summary>How a transaction was found to have left the pool of a source. The number is on disk.</summary>
public enum LeavingVia
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Its pool's content did not list it, repeatedly, and it did not find it by hash.</summary>
    PoolContent = 1,

    /// <summary>It did not find it by hash, repeatedly; it does not show the content of its pool.</summary>
    LookUp = 2,
}
