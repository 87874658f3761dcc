using System.Threading.Tasks.Sources;
using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Wakes one waiter; a signal given while nobody waits is kept for the next wait.</summary>
/// <remarks>
/// Any thread may set it; one at a time may wait. The waiter goes on in the thread pool, never in the setter's thread.
/// Allocates nothing, which ManualResetValueTaskSourceCore does for each continuation it hands to the pool.
/// </remarks>
internal sealed class AsyncSignal : IValueTaskSource, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private Action<object?>? _continuation;
    private object? _continuationState;
    private Phase _phase;
    private bool _isSet;
    private short _version;

    private enum Phase
    {
        /// <summary>Nobody waits.</summary>
        Idle,

        /// <summary>Somebody waits.</summary>
        Waiting,

        /// <summary>The waiter was woken and has not gone on yet.</summary>
        Woken,
    }

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

            Invariant.That(_phase == Phase.Idle, "INV-60", "a signal has one waiter at a time");
            _phase = Phase.Waiting;
            _version = unchecked((short)(_version + 1)); // a token that tells one wait from the next; wrapping is harmless
            return new ValueTask(this, _version);
        }
    }

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Set()
    {
        bool isRegistered;
        lock (_gate)
        {
            if (_phase != Phase.Waiting)
            {
                _isSet = true;
                return;
            }

            _phase = Phase.Woken;
            isRegistered = _continuation is not null;
        }

        if (isRegistered)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Action<object?> go;
        object? state;
        lock (_gate)
        {
            (go, state) = (_continuation!, _continuationState);
            (_continuation, _continuationState) = (null, null);
        }

        go(state);
    }

    void IValueTaskSource.GetResult(short token)
    {
        lock (_gate)
        {
            Invariant.That(token == _version && _phase == Phase.Woken, "INV-60", "a signal has one waiter at a time");
            _phase = Phase.Idle;
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token)
    {
        lock (_gate)
        {
            return _phase == Phase.Woken ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
        }
    }

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        bool isWoken;
        lock (_gate)
        {
            (_continuation, _continuationState) = (continuation, state);
            isWoken = _phase == Phase.Woken;
        }

        if (isWoken)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
