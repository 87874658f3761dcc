using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Ingest;
using Mempulse.Testing.Clocks;

namespace Mempulse.Grains.Tests.Ingest;

/// <summary>The reports of hosts: the latest of each, in order, of at most 64.</summary>
public sealed class IngestGrainTests
{
    private const int MaxHosts = 64;

    private readonly SettableTime _time = new();
    private readonly IngestGrain _grain;

    public IngestGrainTests() => _grain = new IngestGrain(_time);

    [Fact]
    public async Task The_latest_report_of_each_host_is_kept_in_the_order_of_their_names()
    {
        await ReportAsync("b", 1);
        await ReportAsync("a", 2);
        await ReportAsync("b", 3);

        Assert.Equal([("a", 2), ("b", 3)], (await _grain.Read()).Select(report => (report.Host, (int)report.Time.Value)));
    }

    [Fact]
    public async Task One_host_more_than_the_limit_evicts_the_one_whose_report_is_the_oldest()
    {
        for (int i = 0; i < MaxHosts; i++)
        {
            await ReportAsync($"host {i:00}", 1);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(MaxHosts, (await _grain.Read()).Count);
        await ReportAsync("host 00", 2); // now the newest
        await ReportAsync("one more", 1);

        var hosts = (await _grain.Read()).Select(report => report.Host).ToList();
        Assert.Equal(MaxHosts, hosts.Count);
        Assert.DoesNotContain("host 01", hosts);
        Assert.Contains("host 00", hosts);
        Assert.Contains("one more", hosts);
    }

    [Fact]
    public async Task A_report_of_exactly_a_minute_ago_is_kept()
    {
        await ReportAsync("a", 1);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await _grain.Read());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(await _grain.Read());
    }

    private ValueTask ReportAsync(string host, long at) => _grain.Report(new IngestReport { Host = host, Time = new Primitives.UnixNanoseconds(at), SenderRecovery = "managed" });
}
