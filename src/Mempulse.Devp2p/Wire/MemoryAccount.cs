namespace Mempulse.Devp2p.Wire;

/// <summary>The memory held on behalf of one peer, within the <see cref="MemoryBudget"/> of all peers.</summary>
/// <remarks>Thread-safe. <paramref name="evict"/> disconnects the peer and may be called more than once. Close the account when the peer is gone.</remarks>
internal sealed class MemoryAccount(MemoryBudget budget, Action<string> evict)
{
    /// <summary>Bytes held; written under the budget's lock.</summary>
    public long HeldBytes { get; set; }

    /// <summary>Takes bytes, waiting until there is room.</summary>
    public ValueTask TakeAsync(int bytes, CancellationToken cancellationToken) => budget.TakeAsync(this, bytes, cancellationToken);

    /// <summary>Takes bytes without waiting; false when there is no room and this account holds most.</summary>
    public bool TryTakeNow(int bytes) => budget.TryTakeNow(this, bytes);

    /// <summary>Returns bytes to the budget.</summary>
    public void Release(int bytes) => budget.Release(this, bytes);

    /// <summary>Disconnects the peer.</summary>
    public void Evict(string message) => evict(message);

    /// <summary>Returns all held bytes to the budget.</summary>
    public void Close() => budget.Release(this, HeldBytes);
}
