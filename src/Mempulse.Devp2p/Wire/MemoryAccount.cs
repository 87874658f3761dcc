namespace Mempulse.Devp2p.Wire;

/// <summary>What one peer makes this node hold, within the <see cref="MemoryBudget"/> of all.</summary>
/// <remarks>Safe for any thread. <paramref name="evict"/> lets the peer go and may be called more than once. Close it when the peer is gone.</remarks>
internal sealed class MemoryAccount(MemoryBudget budget, Action<string> evict)
{
    /// <summary>Bytes held; guarded by the budget's lock.</summary>
    public long HeldBytes { get; set; }

    /// <summary>Takes bytes, and waits until there is room for them.</summary>
    public ValueTask TakeAsync(int bytes, CancellationToken cancellationToken) => budget.TakeAsync(this, bytes, cancellationToken);

    /// <summary>Takes bytes at once; false when there is no room and this account holds most.</summary>
    public bool TryTakeNow(int bytes) => budget.TryTakeNow(this, bytes);

    /// <summary>Gives bytes back.</summary>
    public void Release(int bytes) => budget.Release(this, bytes);

    /// <summary>Lets the peer go.</summary>
    public void Evict(string sentence) => evict(sentence);

    /// <summary>Gives everything back.</summary>
    public void Close() => budget.Release(this, HeldBytes);
}
