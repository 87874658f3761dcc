namespace Mempulse.ChainState.Tests;

/// <summary>A clock whose timers of whole multiples of a pause fire at once and are recorded; every other timer is the system's.</summary>
internal sealed class RecordingTime(TimeSpan pause) : TimeProvider
{
    private readonly List<TimeSpan> _pauses = [];

    /// <summary>The pauses so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_pauses)
            {
                return [.. _pauses];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime.Ticks % pause.Ticks != 0)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        lock (_pauses)
        {
            _pauses.Add(dueTime);
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
