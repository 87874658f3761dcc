using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>The system clock. It remembers when playback first read it, which is where the pace begins, and holds a long wait of playback until it is released.</summary>
internal sealed class PlaybackStart : TimeProvider
{
    /// <summary>A wait that is longer is held, if waits are held.</summary>
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _heldTicks;

    public UnixNanoseconds At { get; private set; }

    /// <summary>True if a long wait lasts until <see cref="Release"/>.</summary>
    public bool HoldsLongWaits { get; init; }

    /// <summary>Completed once a wait is held.</summary>
    public Task Holding => _holding.Task;

    /// <summary>By how much later than recorded everything after the held wait is played; negative if it is earlier.</summary>
    public long HeldNanoseconds { get; private set; }

    public override long GetTimestamp()
    {
        At = At == default ? ObservationClock.Now(System) : At;
        return base.GetTimestamp() - Volatile.Read(ref _heldTicks);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!HoldsLongWaits || dueTime < s_long || period > TimeSpan.Zero || _released.Task.IsCompleted)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        long due = base.GetTimestamp() + (long)(dueTime.TotalSeconds * TimestampFrequency);
        var timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        _ = _released.Task.ContinueWith(
            _ =>
            {
                long held = base.GetTimestamp() - due;
                Volatile.Write(ref _heldTicks, held);
                HeldNanoseconds = (long)(held * (1e9 / TimestampFrequency));
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            },
            TaskScheduler.Default);
        _holding.TrySetResult();
        return timer;
    }

    /// <summary>Ends the held wait.</summary>
    public void Release() => _released.TrySetResult();
}
