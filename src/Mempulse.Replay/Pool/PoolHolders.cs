namespace Mempulse.Replay.Pool;

/// <summary>Tells which sources may still have a transaction in their pools. The observations know the sources and provide the answer.</summary>
internal sealed class PoolHolders
{
    /// <summary>True when a connected source that announced the transaction, and can tell when it lets go, has not said so. Peers cannot tell.</summary>
    public Func<TxEntry, bool> IsHeld { get; set; } = static _ => true;
}
