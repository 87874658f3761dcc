using Mempulse.Primitives;

namespace Mempulse.Net.Playback;

/// <summary>Waits until an entry of a capture is due.</summary>
/// <remarks>Confined to the lane's loop.</remarks>
internal sealed class PlaybackClock(PlaybackPace pace, TimeProvider time)
{

    private readonly long _started = time.GetTimestamp();

    /// <summary>Waits until the offset is due at this pace.</summary>
    public ValueTask WaitAsync(long offsetNanoseconds, CancellationToken cancellationToken)
    {
        if (pace.IsMaximal)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.CompletedTask;
        }

        var due = TimeSpan.FromTicks((long)(offsetNanoseconds / (UnixNanoseconds.NanosecondsPerTick * pace.Scale)));
        var left = due - time.GetElapsedTime(_started);

        // A timer is accurate to about a millisecond: entries closer than that are played together.
        return left < TimeSpan.FromMilliseconds(1) ? ValueTask.CompletedTask : new ValueTask(Task.Delay(left, time, cancellationToken));
    }
}
