namespace Mempulse.Scheduling;

/// <summary>A clock whose timers fire when the schedule chooses, each after its time: any amount of time may pass between two steps.</summary>
public sealed class ScheduleTime : TimeProvider
{
    private long _now;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => _now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_now);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ScheduleTime time, Action fire) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int version = ++_version;
            if (dueTime >= TimeSpan.Zero)
            {
                long due = time._now + dueTime.Ticks;
                Schedule.ContinueLast(() => FireAt(due, version), null);
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void FireAt(long due, int version)
        {
            if (version == _version)
            {
                time._now = Math.Max(time._now, due);
                fire();
            }
        }
    }
}
