using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mempulse.Grains.Abstractions;
using Mempulse.Testing.Postgres;
using Mempulse.Testing.Waiting;

namespace Mempulse.Cluster.Tests;

/// <summary>Parts of a cluster die under load. Whatever was acknowledged is in the log exactly once, and the cluster goes on by itself.</summary>
/// <remarks>Each prints what was killed and after how long the first append, or answer, came; times are printed, not asserted.</remarks>
public sealed class FaultTests(ClusterUnderTest cluster) : IClassFixture<ClusterUnderTest>
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(90);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_is_killed()
    {
        await using var load = cluster.StartLoad();

        long killed = Stopwatch.GetTimestamp();
        await cluster.Worker.KillAsync();
        await AnswersAsync(async () => await cluster.Grains.Simulator(ClusterUnderTest.Chain).ReadCodeDelegates([]), times: 8);

        await ReportAsync("worker: kill -9", "simulations answer", Stopwatch.GetElapsedTime(killed), load);
    }

    [Fact]
    public async Task The_API_is_killed()
    {
        await using var load = cluster.StartLoad();

        long killed = Stopwatch.GetTimestamp();
        await cluster.Api.KillAsync();
        await AnswersAsync(async () => await (await cluster.Api.RunningAsync()).GetAsync("/status", Stop), times: 1);

        await ReportAsync("API: kill -9, started again", "GET /status answers", Stopwatch.GetElapsedTime(killed), load);
    }

    [Fact]
    public async Task The_writer_is_killed()
    {
        await using var load = cluster.StartLoad();
        await AcknowledgedAsync(load, Stopwatch.GetTimestamp());

        long killed = Stopwatch.GetTimestamp();
        await cluster.Log.KillAsync();

        await ReportAsync("writer: kill -9, started again", "appends are acknowledged", await AcknowledgedAsync(load, Stopwatch.GetTimestamp(), killed), load);
    }

    [Fact]
    public async Task The_writer_is_paused_past_its_lease_and_goes_on()
    {
        await using var load = cluster.StartLoad();
        await AcknowledgedAsync(load, Stopwatch.GetTimestamp());
        var writer = await cluster.Log.RunningAsync();

        writer.Pause();
        await OutlastTheLeaseAsync();
        long resumed = Stopwatch.GetTimestamp();
        writer.Resume();

        await ReportAsync("writer: SIGSTOP for 8 s, SIGCONT", "appends are acknowledged", await AcknowledgedAsync(load, resumed), load);
    }

    [Fact]
    public async Task The_database_is_stopped_for_longer_than_the_lease()
    {
        await using var load = cluster.StartLoad();
        await AcknowledgedAsync(load, Stopwatch.GetTimestamp());

        await cluster.Database.StopAsync(ServerStop.Immediate);
        await ReadyAsync("ready database\n", "log\n"); // the second once the lease has run out
        await OutlastTheLeaseAsync();
        await cluster.Database.StartAsync(Stop);
        long started = Stopwatch.GetTimestamp();

        await ReportAsync("PostgreSQL: stopped for 8 s", "appends are acknowledged", await AcknowledgedAsync(load, started), load);
        await ReadyAsync("ready\n");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(400)]
    [InlineData(1500)]
    public async Task The_writer_is_killed_while_it_drains(int milliseconds)
    {
        await using var load = cluster.StartLoad();
        await AcknowledgedAsync(load, Stopwatch.GetTimestamp());

        long asked = Stopwatch.GetTimestamp();
        await cluster.Log.DrainAsync(TimeSpan.FromMilliseconds(milliseconds));

        string what = string.Create(CultureInfo.InvariantCulture, $"writer: SIGTERM, SIGKILL {milliseconds} ms later");
        await ReportAsync(what, "appends are acknowledged", await AcknowledgedAsync(load, Stopwatch.GetTimestamp(), asked), load);
    }

    [Fact]
    public async Task All_silos_are_killed_at_once_and_start_while_the_database_still_lists_them_as_active()
    {
        await using var load = cluster.StartLoad();
        await AcknowledgedAsync(load, Stopwatch.GetTimestamp());

        long killed = Stopwatch.GetTimestamp();
        await Task.WhenAll(cluster.Log.KillAsync(), cluster.Worker.KillAsync(), cluster.Api.KillAsync());
        var acknowledged = await AcknowledgedAsync(load, Stopwatch.GetTimestamp(), killed);
        await AnswersAsync(async () => await (await cluster.Api.RunningAsync()).GetAsync("/status", Stop), times: 1);

        await ReportAsync("everything: kill -9, started again", "appends are acknowledged", acknowledged, load);
        var ready = await (await cluster.Api.RunningAsync()).TryGetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.OK, ready.Status);
    }

    /// <summary>Waits for an acknowledgement after a moment, and says how long after another one it came.</summary>
    private static async Task<TimeSpan> AcknowledgedAsync(LoadWriter load, long after, long? since = null) =>
        await load.AcknowledgedAfterAsync(after, _limit, Stop) + Stopwatch.GetElapsedTime(since ?? after, after);

    /// <summary>Waits until the API's process says one of these of itself.</summary>
    private async Task ReadyAsync(params string[] words)
    {
        var api = await cluster.Api.RunningAsync();
        await Until.TrueAsync(async () => Array.IndexOf(words, (await api.TryGetAsync("/health/ready", Stop)).Body) >= 0, $"/health/ready says {words[0].TrimEnd()}", limitSeconds: 60);
    }

    /// <summary>Twice the lease of the writer passes.</summary>
    private static Task OutlastTheLeaseAsync()
    {
        long begun = Stopwatch.GetTimestamp();
        return Until.TrueAsync(() => Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(8), "8 s have passed");
    }

    private static async Task AnswersAsync(Func<Task> ask, int times)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int good = 0; good < times;)
        {
            try
            {
                await ask();
                good++;
            }
            catch (Exception passing) when (passing is OrleansException or TimeoutException or HttpRequestException or SocketException or ArgumentException && Stopwatch.GetElapsedTime(begun) < _limit)
            {
                good = 0;
            }
        }
    }

    private async Task ReportAsync(string fault, string recovery, TimeSpan after, LoadWriter load)
    {
        await AcknowledgedAsync(load, Stopwatch.GetTimestamp()); // the load goes on
        await load.DisposeAsync();
        await cluster.AssertNothingIsLostOrRepeatedAsync(load, Stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fault: {fault,-40} {recovery} after {after.TotalSeconds:0.0} s; {load.Acknowledged} acknowledged, 0 lost, 0 repeated"));
    }
}
