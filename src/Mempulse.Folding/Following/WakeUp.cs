namespace Mempulse.Folding.Following;

/// <summary>Lets one waiter sleep until it is rung or a timeout elapses. A ring before the wait is not lost.</summary>
/// <remarks>Any thread may ring; there is one waiter at a time.</remarks>
internal sealed class WakeUp : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private TaskCompletionSource<bool> _source = NewSource();
    private bool _isRung;

    public WakeUp(TimeProvider time)
    {
        _timer = time.CreateTimer(static state => ((WakeUp)state!).Complete(isRing: false), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Ring()
    {
        lock (_lock)
        {
            _isRung = true;
        }

        Complete(isRing: true);
    }

    /// <summary>Returns true when it was rung, false when the timeout elapsed first.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task<bool> waiting;
        lock (_lock)
        {
            if (_isRung)
            {
                _isRung = false;
                return true;
            }

            if (_source.Task.IsCompleted)
            {
                _source = NewSource();
            }

            waiting = _source.Task;
        }

        _timer.Change(atMost, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.Register(static state => ((WakeUp)state!).Complete(isRing: false), this);
        bool rang = await waiting;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            rang |= _isRung;
            _isRung = false;
        }

        return rang;
    }

    public void Dispose() => _timer.Dispose();

    private void Complete(bool isRing)
    {
        TaskCompletionSource<bool> source;
        lock (_lock)
        {
            source = _source;
        }

        source.TrySetResult(isRing);
    }

    // Continuations run asynchronously: the caller of Ring may hold locks and must not run the waiter.
    private static TaskCompletionSource<bool> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
