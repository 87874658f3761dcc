namespace Mempulse.Dashboard.Feed;

/// <summary>The readings of the last five minutes, hour and day. Memory does not grow. Safe for any thread.</summary>
internal sealed class FeedHistory
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Lock _sync = new();
    private readonly Series _minutes = new(capacity: 151, stepSeconds: 2);
    private readonly Series _hour = new(capacity: 121, stepSeconds: 30);
    private readonly Series _day = new(capacity: 145, stepSeconds: 600);

    /// <summary>Adds the totals of a tick.</summary>
    public void Add(FeedTick tick)
    {
        var reading = Reading.Of(tick);
        long seconds = tick.ReadAt.Value / NanosecondsPerSecond;
        lock (_sync)
        {
            _minutes.Add(seconds, reading);
            _hour.Add(seconds, reading);
            _day.Add(seconds, reading);
        }
    }

    /// <summary>A copy of a series.</summary>
    /// <param name="window">5m, 1h or 24h.</param>
    /// <param name="stepSeconds">Seconds from one reading to the next.</param>
    /// <param name="lastSeconds">The time of the newest step.</param>
    public Reading?[] Read(string window, out int stepSeconds, out long lastSeconds)
    {
        lock (_sync)
        {
            var series = window switch { "1h" => _hour, "24h" => _day, _ => _minutes };
            (stepSeconds, lastSeconds) = (series.StepSeconds, series.LastSeconds);
            return series.ToArray();
        }
    }

    /// <summary>Transactions that were dropped in the last five minutes, given the total now.</summary>
    public long DropsSince(long total)
    {
        lock (_sync)
        {
            return total - (_minutes.ToArray().FirstOrDefault(static reading => reading is not null)?.Drops ?? total);
        }
    }
}
