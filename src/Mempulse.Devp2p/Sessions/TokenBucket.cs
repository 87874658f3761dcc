namespace Mempulse.Devp2p.Sessions;

/// <summary>A token bucket: limits a sustained rate and a burst.</summary>
/// <remarks>Confined to one thread at a time.</remarks>
internal sealed class TokenBucket(int perSecond, int burst, TimeProvider time)
{
    private double _tokens = burst;
    private long _lastTimestamp = time.GetTimestamp();

    /// <summary>Takes <paramref name="count"/> tokens if available; a count above the burst never succeeds.</summary>
    public bool TryTake(int count)
    {
        long now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_lastTimestamp, now).TotalSeconds * perSecond));
        _lastTimestamp = now;
        if (_tokens < count)
        {
            return false;
        }

        _tokens -= count;
        return true;
    }
}
