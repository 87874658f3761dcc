using Mempulse.Primitives;

namespace Mempulse.Grains.Logs;

/// <summary>How far a chain's fold has come: written by the fold, waited for by who must not run ahead of it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FoldProgress
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = NewSource();
    private ulong _applied;

    /// <summary>The last applied position.</summary>
    public GlobalSeq Applied => new(Volatile.Read(ref _applied));

    /// <summary>The fold's word: everything up to <paramref name="applied"/> is applied.</summary>
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

    /// <summary>Nobody waits any longer: the fold does not run.</summary>
    public void Release() => MoveTo(new GlobalSeq(ulong.MaxValue));

    /// <summary>Waits until <paramref name="atLeast"/> is applied or the token says to give up.</summary>
    /// <returns>How far the fold is.</returns>
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
