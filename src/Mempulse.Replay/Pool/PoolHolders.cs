namespace Mempulse.Replay.Pool;

/// <summary>Determines whether a source may still have a transaction in its pool. The observations know the sources and provide the answer.</summary>
internal sealed class PoolHolders
{
    /// <summary>True when the transaction has not left the pool of a connected source that announced it. Peers do not count: their pools cannot be checked.</summary>
    public Func<TxEntry, bool> IsHeld { get; set; } = static _ => true;
}
