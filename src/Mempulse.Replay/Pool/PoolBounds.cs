namespace Mempulse.Replay.Pool;

/// <summary>How much the lifecycle's tables hold. A bound is a rule: folds with different bounds derive different events.</summary>
/// <param name="Waiting">See <see cref="TxTable.MaxWaiting"/>.</param>
/// <param name="Settled">See <see cref="TxTable.MaxSettled"/>.</param>
/// <param name="SettledHashes">See <see cref="TxTable.MaxSettledHashes"/>.</param>
/// <param name="Idle">See <see cref="AccountTable.MaxIdle"/>.</param>
internal sealed record PoolBounds(int Waiting, int Settled, int SettledHashes, int Idle)
{
    /// <summary>The bounds of the rules.</summary>
    public static PoolBounds Default { get; } = new(TxTable.MaxWaiting, TxTable.MaxSettled, TxTable.MaxSettledHashes, AccountTable.MaxIdle);
}
