namespace Mempulse.Features.Book;

/// <summary>A pool while a block is applied: readers have its state before the block.</summary>
internal sealed class MovedState(PoolEntry pool)
{
    public PoolEntry Pool { get; } = pool;

    /// <summary>The state after the events so far; null if one of them did not fit.</summary>
    public PoolState? State { get; set; } = pool.State;
}
