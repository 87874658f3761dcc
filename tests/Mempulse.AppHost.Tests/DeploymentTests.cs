using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mempulse.Testing.Waiting;

namespace Mempulse.AppHost.Tests;

/// <summary>The deployment at work: health, answers through a silo that has only the API, and telemetry of every process in the dashboard.</summary>
public sealed class DeploymentTests(RunningDeployment deployment, ITestOutputHelper output) : IClassFixture<RunningDeployment>
{
    private const int LimitSeconds = 120;
    private const double MostSpansPerSecond = 5;
    private static readonly string[] s_healthy = ["ok", "ended"];
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_exportDelay = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("node")]
    [InlineData("api")]
    public async Task The_node_and_the_cluster_answer_for_the_shipped_capture(string name)
    {
        using var client = deployment.App.CreateHttpClient(name);

        await EndAsync(client);
        var health = await GetAsync(client, "/health");

        output.WriteLine($"From the start of the host: node and PostgreSQL healthy after {deployment.NodeAndDatabase.TotalSeconds:F1} s, everything after {deployment.Everything.TotalSeconds:F1} s");
        Assert.Contains(health.GetProperty("status").GetString(), s_healthy);
        Assert.True(health.GetProperty("synthetic").GetBoolean());
        Assert.Equal(["1"], health.GetProperty("chains").EnumerateArray().Select(static chain => chain.GetProperty("chain").GetString()));
        Assert.True(client.BaseAddress!.IsLoopback);
    }

    [Fact]
    public async Task An_opportunity_that_the_API_silo_answers_is_one_trace_of_the_log_silo()
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = deployment.App.CreateHttpClient("api");
        await EndAsync(client);
        string opp = (await EventsAsync(client, "OppDetected"))[0].GetProperty("opp").GetString()!;
        IReadOnlyList<DashboardSpan> trace = [];

        await Until.TrueAsync(async () => (trace = [.. (await deployment.Telemetry.SpansAsync(stop)).Where(span => span.Trace == opp[2..34])]).Any(static span => span.Name == "end"), "the trace is complete", LimitSeconds);
        var explained = await GetAsync(client, $"/opps/{opp}");

        Assert.Contains("OppDetected", explained.GetProperty("evidence").EnumerateArray().Select(static item => item.GetProperty("type").GetString()));
        Assert.Equal(["log"], trace.Select(static span => span.Service).Distinct());
        Assert.Equal("detect", Assert.Single(trace, span => !trace.Any(parent => parent.Id == span.Parent)).Name);
    }

    [Theory]
    [InlineData("hasLogs")]
    [InlineData("hasMetrics")]
    [InlineData("hasTraces")]
    public async Task Logs_metrics_and_traces_of_every_process_arrive_once_by_name(string kind)
    {
        var stop = TestContext.Current.CancellationToken;
        foreach (string name in (string[])["node", "api"])
        {
            using var client = deployment.App.CreateHttpClient(name);
            await EndAsync(client);
        }

        IReadOnlyList<string> services = [];
        await Until.TrueAsync(async () => (services = await deployment.Telemetry.ServicesAsync(kind, stop)).Count >= RunningDeployment.Processes.Count, $"{kind} of all", LimitSeconds);

        Assert.Equal(RunningDeployment.Processes.Order(StringComparer.Ordinal), services.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_idle_silo_exports_at_most_five_spans_a_second()
    {
        var stop = TestContext.Current.CancellationToken;
        foreach (string name in (string[])["node", "api"])
        {
            using var client = deployment.App.CreateHttpClient(name);
            await EndAsync(client);
        }

        var idle = TimeProvider.System.GetUtcNow();
        IReadOnlyList<DashboardSpan> spans = [];
        await Until.TrueAsync(() => TimeProvider.System.GetUtcNow() > idle + s_window + s_exportDelay, "the window is over and exported", LimitSeconds);
        spans = await deployment.Telemetry.SpansAsync(stop);
        var rates = RunningDeployment.Processes.ToDictionary(
            static name => name, name => spans.Count(span => span.Service == name && span.Start >= idle && span.Start < idle + s_window) / s_window.TotalSeconds);

        foreach (var (name, rate) in rates)
        {
            output.WriteLine($"{name}: {rate:F1} spans a second while idle");
            foreach (var group in spans.Where(span => span.Service == name && span.Start >= idle && span.Start < idle + s_window).CountBy(static span => span.Name).OrderByDescending(static group => group.Value).Take(5))
            {
                output.WriteLine($"  {group.Value} {group.Key}");
            }
        }

        Assert.All(rates.Values, static rate => Assert.True(rate <= MostSpansPerSecond, $"{rate}"));
    }

    [Fact]
    public void The_database_and_the_migration_come_before_the_silos()
    {
        Assert.True(deployment.App.ResourceNotifications.TryGetCurrentState("migration", out var migration));
        Assert.Equal(KnownResourceStates.Finished, migration.Snapshot.State?.Text);
        Assert.Equal(0, migration.Snapshot.ExitCode);
    }

    /// <summary>Waits until the capture has been played into the log.</summary>
    private static Task EndAsync(HttpClient client) =>
        Until.TrueAsync(async () => (await GetAsync(client, "/health")).GetProperty("status").GetString() == "ended", "the capture is played", LimitSeconds);

    /// <summary>The events of one kind, page by page.</summary>
    private static async Task<IReadOnlyList<JsonElement>> EventsAsync(HttpClient client, string type)
    {
        List<JsonElement> events = [];
        for (long after = 0; ;)
        {
            var page = await GetAsync(client, $"/events?types={type}&limit=1000&after={after}");
            events.AddRange(page.GetProperty("events").EnumerateArray());
            if (page.GetProperty("atEnd").GetBoolean())
            {
                return events;
            }

            after = page.GetProperty("next").GetInt64();
        }
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        return answer.RootElement.Clone();
    }
}
