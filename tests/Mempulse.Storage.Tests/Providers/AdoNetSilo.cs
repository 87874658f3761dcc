using System.Net;
using Mempulse.Testing.Anvil;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>A real silo in this process whose membership, states and reminders are in PostgreSQL.</summary>
internal sealed class AdoNetSilo : IAsyncDisposable
{
    private const string Invariant = "Npgsql";
    private const string Cluster = "test";

    private readonly IHost _host;
    private readonly string _database;

    private AdoNetSilo(IHost host, string database, LinesLogged lines)
    {
        _host = host;
        _database = database;
        Lines = lines;
    }

    public LinesLogged Lines { get; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IMembershipTable Membership => _host.Services.GetRequiredService<IMembershipTable>();

    public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public IGrainStorage Storage(string name) => _host.Services.GetRequiredKeyedService<IGrainStorage>(name);

    public SiloAddress Address => _host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    /// <summary>Name of the storage that deletes the row of a cleared state; the default one keeps it.</summary>
    public const string Deleting = "deleting";

    /// <summary>Name of the storage that keeps it.</summary>
    public const string Keeping = "Default";

    public static async Task<AdoNetSilo> StartAsync(string database, string name, CancellationToken cancellationToken)
    {
        var lines = new LinesLogged();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = (Cluster, Cluster))
            .Configure<SiloOptions>(options => options.SiloName = name)
            .Configure<ClusterMembershipOptions>(static options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(1);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1); // a row that a test writes is not announced
            })
            .Configure<ExceptionSerializationOptions>(static options => options.SupportedNamespacePrefixes.Add(Invariant))
            .ConfigureEndpoints(IPAddress.Loopback, AnvilNode.FreePort(), AnvilNode.FreePort())
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, database))
            .AddAdoNetGrainStorage(Keeping, options => (options.Invariant, options.ConnectionString) = (Invariant, database))
            .AddAdoNetGrainStorage(Deleting, options => (options.Invariant, options.ConnectionString, options.DeleteStateOnClear) = (Invariant, database, true))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, database)));
        var silo = new AdoNetSilo(builder.Build(), database, lines);
        try
        {
            await silo._host.StartAsync(cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that finds the silos by their rows.</summary>
    public static async Task<IHost> ConnectAsync(string database, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = (Cluster, Cluster))
            .Configure<ExceptionSerializationOptions>(static options => options.SupportedNamespacePrefixes.Add(Invariant))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, database)));
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await using var any = new NpgsqlConnection(_database);
        NpgsqlConnection.ClearPool(any); // or its connections would stay for minutes
    }
}
