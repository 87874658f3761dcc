using Mempulse.Dashboard.Feed;

namespace Mempulse.Dashboard.Tests.Feed;

/// <summary>The rings behind charts.</summary>
public sealed class SeriesTests
{
    [Fact]
    public void The_newest_readings_stay_in_order_and_steps_without_a_reading_are_gaps()
    {
        var series = new Series(capacity: 4, stepSeconds: 2);

        foreach (long second in new long[] { 0, 2, 4, 5, 10 })
        {
            series.Add(second, Of(second));
        }

        Assert.Equal([5L, null, null, 10L], series.ToArray().Select(static reading => reading?.Arrivals));
        Assert.Equal(10, series.LastSeconds);
    }

    [Fact]
    public void A_pause_longer_than_the_ring_leaves_only_gaps_before_the_newest()
    {
        var series = new Series(capacity: 3, stepSeconds: 1);

        series.Add(1, Of(1));
        series.Add(1_000, Of(1_000));

        Assert.Equal([null, null, 1_000L], series.ToArray().Select(static reading => reading?.Arrivals));
    }

    private static Reading Of(long arrivals) => new(arrivals, 0, 0, 0, 0, new Dictionary<string, long>(), [], 0, 0, 0);
}
