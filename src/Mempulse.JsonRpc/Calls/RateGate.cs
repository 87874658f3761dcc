namespace Mempulse.JsonRpc.Calls;

/// <summary>Holds back requests to a node that limits its rate, until the time that it asked for. Safe for any thread.</summary>
internal sealed class RateGate(TimeProvider time)
{
    /// <summary>The pause after the first rate limit without a stated time; it doubles with each further one of a request.</summary>
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause is the first one doubled this often: 16 s.</summary>
    private const int MaxDoublings = 6;

    private long _opens = time.GetTimestamp();

    /// <summary>The pause after a rate limit without a stated time.</summary>
    public static TimeSpan DefaultPause(int attempt) => s_firstPause * (1 << Math.Min(attempt, MaxDoublings));

    /// <summary>Closes the gate for a time, unless it is closed for longer already.</summary>
    public void Close(TimeSpan pause)
    {
        long opens = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
        long before = Interlocked.Read(ref _opens);
        while (before < opens && Interlocked.CompareExchange(ref _opens, opens, before) is var found && found != before)
        {
            before = found;
        }
    }

    /// <summary>Waits until the gate opens, at most for <paramref name="limit"/>; returns the time waited.</summary>
    public async ValueTask<TimeSpan> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        long now = time.GetTimestamp();
        var wait = time.GetElapsedTime(now, Interlocked.Read(ref _opens));
        wait = wait < limit ? wait : limit;
        if (wait <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        return wait;
    }
}
