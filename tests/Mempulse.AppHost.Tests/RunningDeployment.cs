using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Mempulse.AppHost.Tests;

/// <summary>The deployment as a developer starts it on a machine with PostgreSQL and without a container engine: the real orchestrator, dashboard, database and silos, on free loopback ports.</summary>
public sealed class RunningDeployment : IAsyncLifetime
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _node = Directory.CreateTempSubdirectory("mempulse-");
    private DistributedApplication? _app;

    /// <summary>The processes that write telemetry.</summary>
    public static IReadOnlyList<string> Processes { get; } = ["node", "log", "worker", "api"];

    /// <summary>From the start of the host until the node and the database were healthy.</summary>
    public TimeSpan NodeAndDatabase { get; private set; }

    /// <summary>From the start of the host until everything was.</summary>
    public TimeSpan Everything { get; private set; }

    /// <summary>What runs.</summary>
    public DistributedApplication App => _app ?? throw new InvalidOperationException("The deployment is not started.");

    /// <summary>What the dashboard has received.</summary>
    public DashboardTelemetry Telemetry { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in new[]
        {
            ("DASHBOARD__API__ENABLED", "true"), ("DASHBOARD__API__AUTHMODE", "Unsecured"), ("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true"),
        })
        {
            Environment.SetEnvironmentVariable(name, value); // the orchestrator starts the dashboard with them
        }

        using var limit = new CancellationTokenSource(s_startLimit);
        string[] arguments =
        [
            "--AppHost:Postgres=Installed", "--ASPNETCORE_URLS=http://127.0.0.1:15888", "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:15889", "--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://127.0.0.1:0",
            "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
        ];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mempulse_AppHost>(arguments, static (options, _) => options.DisableDashboard = false, limit.Token);
        foreach (var process in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(process).WithEnvironment("Mempulse__Capture", "samples/mainnet-swaps").WithEnvironment("Mempulse__Speed", "4");
        }

        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(static process => process.Name == "node")).WithEnvironment("Mempulse__Data", _node.FullName);
        _app = await builder.BuildAsync(limit.Token);
        long start = Stopwatch.GetTimestamp();
        await _app.StartAsync(limit.Token);
        await HealthyAsync(["node", "postgres"], limit.Token);
        NodeAndDatabase = Stopwatch.GetElapsedTime(start);
        await HealthyAsync(Processes, limit.Token);
        Everything = Stopwatch.GetElapsedTime(start);
        var dashboard = await _app.ResourceNotifications.WaitForResourceAsync("aspire-dashboard", static state => state.Snapshot.Urls.Any(static url => url.Name == "http"), limit.Token);
        Telemetry = new DashboardTelemetry(new Uri(dashboard.Snapshot.Urls.First(static url => url.Name == "http").Url));
    }

    public async ValueTask DisposeAsync()
    {
        Telemetry?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _node.Delete(recursive: true);
    }

    private Task<ResourceEvent[]> HealthyAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        Task.WhenAll(names.Select(name => App.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, cancellationToken)));
}
