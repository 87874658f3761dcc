using System.Threading.Tasks.Sources;
using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Wakes one waiter; a signal given while nobody waits is kept for the next wait. Allocates nothing.</summary>
/// <remarks>Any thread may set it; one at a time may wait.</remarks>
internal sealed class AsyncSignal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    private bool _isSet;
    private bool _isWaiting;

    /// <summary>Completes with the next signal, or at once with a kept one.</summary>
    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            Invariant.That(!_isWaiting, "INV-60", "a signal has one waiter at a time");
            _isWaiting = true;
            _wait.Reset();
            return new ValueTask(this, _wait.Version);
        }
    }

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Set()
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }

            _isWaiting = false;

            // Under the lock: a waiter that polls and waits again may not reset the core while this call is still in it.
            _wait.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _wait.OnCompleted(continuation, state, token, flags);
}
