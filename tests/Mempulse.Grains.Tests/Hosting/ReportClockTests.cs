using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Ingest;
using Mempulse.Primitives;
using Mempulse.Testing.Clocks;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>A host's report is kept for a minute after it arrived, whatever the wall clocks of the hosts and of this one say.</summary>
public sealed class ReportClockTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-2, 0)]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    public async Task A_report_is_kept_for_a_minute(int hoursSet, int hoursAhead)
    {
        var time = new SettableTime();
        var grain = new IngestGrain(time);
        var sent = UnixNanoseconds.FromUtcTicks(time.GetUtcNow().AddHours(hoursAhead).UtcTicks);
        await grain.Report(new IngestReport { Host = "a", Time = sent, SenderRecovery = "managed" });

        time.SetWallClock(TimeSpan.FromHours(hoursSet));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("a", Assert.Single(await grain.Read()).Host);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(await grain.Read());
    }
}
