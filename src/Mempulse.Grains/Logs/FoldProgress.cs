using Mempulse.Primitives;

namespace Mempulse.Grains.Logs;

/// <summary>The progress of a chain's fold. The fold reports it; callers that must not run ahead of the fold wait for it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FoldProgress
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = NewSource();
    private ulong _applied;

    /// <summary>The last applied position.</summary>
    public GlobalSeq Applied => new(Volatile.Read(ref _applied));

    /// <summary>Reports that everything up to <paramref name="applied"/> is applied.</summary>
    public void MoveTo(GlobalSeq applied)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            _applied = applied.Value;
            moved = _moved;
            _moved = NewSource();
        }

        moved.TrySetResult();
    }

    /// <summary>Releases all waiters because the fold is not running.</summary>
    public void Release() => MoveTo(new GlobalSeq(ulong.MaxValue));

    /// <summary>Waits until <paramref name="atLeast"/> is applied or the token is cancelled.</summary>
    /// <returns>The last applied position.</returns>
    public async ValueTask<GlobalSeq> WaitAsync(GlobalSeq atLeast, CancellationToken giveUp)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_applied >= atLeast.Value || giveUp.IsCancellationRequested)
                {
                    return new GlobalSeq(_applied);
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
