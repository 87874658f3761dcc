using Mempulse.Schedules.Tests.Doubles;
using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading;

/// <summary>Stands for the runtime's SemaphoreSlim. Waiters enter in the order in which they came.</summary>
internal sealed class SemaphoreSlim(int initialCount, int maxCount = int.MaxValue) : IDisposable
{
    private readonly List<object> _waiters = [];
    private int _count = initialCount;
    private bool _isDisposed;

    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken)
    {
        object me = Arrive();
        Schedule.WaitWithTimeout("wait for the semaphore", () => IsTurnOf(me) || cancellationToken.IsCancellationRequested);
        return Leave(me, cancellationToken);
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        object me = Arrive();
        await new Condition("wait for the semaphore", () => IsTurnOf(me) || cancellationToken.IsCancellationRequested);
        Leave(me, cancellationToken);
    }

    public int Release()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_count == maxCount)
        {
            throw new SemaphoreFullException();
        }

        int before = _count++;
        Schedule.Point("released the semaphore");
        return before;
    }

    public void Dispose() => _isDisposed = true;

    private bool IsTurnOf(object waiter) => _count > 0 && _waiters[0] == waiter;

    private object Arrive()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        object me = new();
        _waiters.Add(me);
        return me;
    }

    private bool Leave(object waiter, CancellationToken cancellationToken)
    {
        bool hasTurn = IsTurnOf(waiter);
        _waiters.Remove(waiter);
        cancellationToken.ThrowIfCancellationRequested();
        _count -= hasTurn ? 1 : 0;
        return hasTurn;
    }
}
