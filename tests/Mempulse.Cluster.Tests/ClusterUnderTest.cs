using System.Diagnostics;
using System.Globalization;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Mempulse.Storage.Postgres;
using Mempulse.Testing.Postgres;
using Mempulse.Testing.Processes;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Mempulse.Cluster.Tests;

/// <summary>Three silos as processes on loopback with PostgreSQL: one holds the log, one runs lanes and simulations, one serves the API and simulates.</summary>
public sealed class ClusterUnderTest : IAsyncLifetime
{
    private const string ClusterId = "under-test";
    private const string ServiceId = "mempulse";

    private readonly TemporaryFolder _folder = new();
    private LocalPostgres? _database;
    private IHost? _client;
    private int _loads;

    /// <summary>The chain of the shipped capture, which the cluster plays.</summary>
    internal static ChainId Chain => new(1);

    internal SupervisedSilo Log { get; private set; } = null!;

    internal SupervisedSilo Worker { get; private set; } = null!;

    internal SupervisedSilo Api { get; private set; } = null!;

    internal LocalPostgres Database => _database!;

    internal IGrainFactory Grains => _client!.Services.GetRequiredService<IGrainFactory>();

    private string LogDirectory => Path.Combine(_folder.Path, "log", Chain.ToString());

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        _database = await LocalPostgres.StartAsync(stop);
        string connection = await _database.CreateDatabaseAsync(stop);
        await ClusterSchema.MigrateAsync(connection, stop);
        var cluster = new Dictionary<string, string>
        {
            ["ConnectionStrings__mempulse"] = connection,
            ["Orleans__Clustering__ProviderType"] = "AdoNet",
            ["Orleans__ClusterId"] = ClusterId,
            ["Orleans__ServiceId"] = ServiceId,
            ["Mempulse__Log__Lease__Duration"] = "0:00:04",
            ["Mempulse__Log__Lease__RenewalPeriod"] = "0:00:01",
        };
        Log = await SupervisedSilo.StartAsync("log", cluster, stop, "--data", Path.Combine(_folder.Path, "log"));
        Worker = await SupervisedSilo.StartAsync("ingest,worker", cluster, stop, "--data", Path.Combine(_folder.Path, "worker"));
        Api = await SupervisedSilo.StartAsync("api,worker", cluster, stop, "--data", Path.Combine(_folder.Path, "api"));
        _client = await ConnectAsync(connection, stop);
        await Until.TrueAsync(IsReadyAsync, "the fold follows the log", limitSeconds: 60);
    }

    /// <summary>Begins to append, in a lane of its own.</summary>
    internal LoadWriter StartLoad() => new(Grains, Chain, string.Create(CultureInfo.InvariantCulture, $"load-{Interlocked.Increment(ref _loads)}"));

    /// <summary>Holds that everything acknowledged is in the log exactly once, that positions are dense, and that a replay of the log has the digest of the live fold.</summary>
    internal async Task AssertNothingIsLostOrRepeatedAsync(LoadWriter load, CancellationToken stop)
    {
        await Until.TrueAsync(IsReadyAsync, "the fold follows the log", limitSeconds: 60);
        var status = await Grains.Mempool(Chain).GetStatus();
        await using (var more = StartLoad()) // beside a writer, a reader takes a commit for durable once the next one follows it
        {
            await more.AcknowledgedAfterAsync(Stopwatch.GetTimestamp(), TimeSpan.FromMinutes(1), stop);
            await more.AcknowledgedAfterAsync(Stopwatch.GetTimestamp(), TimeSpan.FromMinutes(1), stop);
        }

        AssertOnce(load);
        var replayed = await CommandLine.MempulseAsync(stop, "replay", LogDirectory, "--to", status.Applied.ToString(), "--check");
        Assert.True(replayed.ExitCode == 0, $"{replayed.Output}\n{replayed.Error}");
        Assert.Contains($"final {status.Applied} {status.Digest}", replayed.Output, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }

        foreach (var silo in (SupervisedSilo?[])[Api, Worker, Log])
        {
            await (silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private static async Task<IHost> ConnectAsync(string connection, CancellationToken stop)
    {
        var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        host.UseOrleansClient(client => client
            .Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = (ClusterId, ServiceId))
            .Configure<GatewayOptions>(static options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
            .Configure<TypeManagementOptions>(static options => options.TypeMapRefreshInterval = TimeSpan.FromSeconds(1))
            .Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection)));
        var built = host.Build();
        await built.StartAsync(stop);
        return built;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            var pool = await Grains.Mempool(Chain).GetStatus();
            return pool.Phase == Mempulse.Grains.Abstractions.Mempool.FoldPhase.Following && pool.DerivedWaiting == 0;
        }
        catch (Exception passing) when (passing is TimeoutException or OrleansException or ArgumentException)
        {
            return false;
        }
    }

    private void AssertOnce(LoadWriter load)
    {
        var log = Canon.LogDirectory.OpenRead(LogDirectory);
        var next = log.Oldest;
        ulong expected = 1;
        while (next <= log.Watermark && log.Read(next, 1 << 20) is { } page)
        {
            Assert.Equal(next, page.First); // dense
            foreach (var record in page)
            {
                if (record.Lane == load.Lane)
                {
                    Assert.Equal(expected++, record.Meta.LaneSequence.LocalSeq);
                }
            }

            next = page.Last.Next;
        }

        Assert.True(expected > load.Acknowledged, $"Acknowledged were {load.Acknowledged} events, and the log has {expected - 1}.");
    }
}
