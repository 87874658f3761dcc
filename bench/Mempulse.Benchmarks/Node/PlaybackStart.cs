using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>The system clock. It remembers when playback first read it, which is where the pace begins, and holds a long wait of playback until it is released.</summary>
internal sealed class PlaybackStart : TimeProvider
{
    /// <summary>A wait that is longer is held, if waits are held.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _heldTicks;

    /// <summary>When the pace began; a few milliseconds early, because the lane reads the clock before it plays.</summary>
    public UnixNanoseconds At { get; private set; }

    /// <summary>True if a long wait lasts until <see cref="Release"/>.</summary>
    public bool HoldsLongWaits { get; init; }

    /// <summary>Completed once a wait is held.</summary>
    public Task Holding => _holding.Task;

    /// <summary>When the held wait ended: the entry after it is played then. Null before.</summary>
    public UnixNanoseconds? ReleasedAt { get; private set; }

    public override long GetTimestamp()
    {
        At = At == default ? ObservationClock.Now(System) : At;
        return base.GetTimestamp() - Volatile.Read(ref _heldTicks);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!HoldsLongWaits || dueTime < LongWait || period > TimeSpan.Zero || _released.Task.IsCompleted)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        long due = base.GetTimestamp() + (long)(dueTime.TotalSeconds * TimestampFrequency);
        var timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        _ = _released.Task.ContinueWith(
            _ =>
            {
                Volatile.Write(ref _heldTicks, base.GetTimestamp() - due);
                ReleasedAt = ObservationClock.Now(System);
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            },
            TaskScheduler.Default);
        _holding.TrySetResult();
        return timer;
    }

    /// <summary>Ends the held wait.</summary>
    public void Release() => _released.TrySetResult();
}
