namespace Mempulse.Scheduling;

/// <summary>A lock with waiting and pulses, as a schedule decides them: who enters next is its choice, and no one is woken without a pulse.</summary>
public sealed class Gate
{
    private readonly List<Waiter> _waiters = [];
    private Strand? _owner;
    private int _depth;

    /// <summary>The lock of an object in the running schedule.</summary>
    public static Gate Of(object key) => Schedule.GateOf(key);

    /// <summary>True if the running strand holds it.</summary>
    public bool IsHeld => _owner is not null && _owner == Schedule.Running;

    /// <summary>Enters, once no other strand holds it.</summary>
    public void Enter()
    {
        var me = Schedule.Running;
        if (_owner != me)
        {
            Schedule.Wait("enter", () => _owner is null);
            _owner = me;
        }

        _depth++;
    }

    /// <summary>Leaves.</summary>
    public void Exit()
    {
        CheckHeld();
        if (--_depth == 0)
        {
            _owner = null;
            Schedule.Point("exit");
        }
    }

    /// <summary>Leaves, waits for a pulse, and enters again.</summary>
    public void Wait()
    {
        CheckHeld();
        var waiter = new Waiter();
        _waiters.Add(waiter);
        var (me, depth) = (_owner, _depth);
        (_owner, _depth) = (null, 0);
        Schedule.Wait("wait", () => waiter.IsPulsed && _owner is null);
        (_owner, _depth) = (me, depth);
    }

    /// <summary>Wakes the one that waits longest.</summary>
    public void Pulse()
    {
        CheckHeld();
        if (_waiters.Count > 0)
        {
            _waiters[0].IsPulsed = true;
            _waiters.RemoveAt(0);
        }
    }

    /// <summary>Wakes all that wait.</summary>
    public void PulseAll()
    {
        CheckHeld();
        _waiters.ForEach(static waiter => waiter.IsPulsed = true);
        _waiters.Clear();
    }

    private void CheckHeld()
    {
        if (!IsHeld)
        {
            throw new SynchronizationLockException();
        }
    }

    private sealed class Waiter
    {
        public bool IsPulsed { get; set; }
    }
}
