using System.Threading.Tasks.Sources;
using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Wakes one waiter. A signal that finds no waiter is kept for the next wait.</summary>
/// <remarks>
/// Any thread may set it; one caller at a time may wait. The waiter continues on the thread pool, never on the setter's thread.
/// Allocates nothing, unlike ManualResetValueTaskSourceCore, which allocates for each continuation that it queues to the pool.
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
        /// <summary>No waiter.</summary>
        Idle,

        /// <summary>A waiter is waiting.</summary>
        Waiting,

        /// <summary>The waiter was woken and has not continued yet.</summary>
        Woken,
    }

    /// <summary>Completes on the next signal, or immediately if one was kept.</summary>
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
            _version = unchecked((short)(_version + 1)); // distinguishes one wait from the next; wrapping is harmless
            return new ValueTask(this, _version);
        }
    }

    /// <summary>Wakes the waiter, or keeps the signal for the next one.</summary>
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
