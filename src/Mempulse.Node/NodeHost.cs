using System.Net;
using System.Net.Sockets;
using Mempulse.Api;
using Mempulse.Api.Chains;
using Mempulse.Api.Serving;
using Mempulse.Dashboard;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Traces;
using Mempulse.Node.Console;
using Mempulse.Node.Health;
using Mempulse.Node.Lanes;
using Mempulse.Node.Operators;
using Mempulse.Node.Options;
using Mempulse.Node.Starting;
using Mempulse.ServiceDefaults;
using Mempulse.Storage.Postgres;
using Mempulse.Storage.Rules;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mempulse.Node;

/// <summary>Builds the node: one silo that by default holds the logs, folds them, runs the lanes, simulates and serves the API.</summary>
internal static class NodeHost
{
    private static readonly TimeSpan _checkPatience = TimeSpan.FromSeconds(2);

    /// <summary>A node that is ready to run.</summary>
    /// <exception cref="NodeUsageException">A setting is not valid.</exception>
    public static WebApplication Build(WebApplicationBuilder builder, NodeOptions options, NodeInput input, string directory)
    {
        var places = new ListenPlaces(ApiAddress.Apply(builder, options.Urls), FreePort());
        builder.Services.AddSingleton(places);
        builder.AddServiceDefaults();
        StartFailureFilter.Add(builder.Services);
        string name = $"{Environment.MachineName}-{Environment.ProcessId}";
        var held = HeldChains.Of(options, input);
        builder.UseOrleans(silo => (options.Cluster is null ? silo.StayAlone(name, places.SiloPort) : silo.JoinCluster(name)).AddMempulse(options.Roles, held.Chains));
        AddChecks(builder.Services, held, options);
        builder.Services.AddBoundedServing().AddCheckedOptions<ServingOptions>(ServingSetup.Section);
        NodeSections.Bind(builder.Services);
        Configure(builder.Services, options, input, directory, name);
        var collector = TraceInput.Of(builder.Configuration);
        builder.Services.Configure<TraceOptions>(traces => traces.Collector = collector);
        if (options.Roles.HasFlag(SiloRoles.Api))
        {
            builder.Services.AddMempulseApi(api => Configure(api, options, input)).AddMempulseDashboard();
        }

        if (options.Roles.HasFlag(SiloRoles.Log))
        {
            builder.Services.AddSingleton(new SummaryTarget(held.Chains, System.Console.Out)).AddHostedService<SummaryLines>();
        }

        var app = NodeSections.Build(builder);
        NodeSections.Check(app.Services);
        app.UseBoundedServing();
        app.MapDefaultEndpoints();
        if (options.Roles.HasFlag(SiloRoles.Api))
        {
            app.MapMempulseApi().MapMempulseDashboard();
        }

        return app;
    }

    private static void AddChecks(IServiceCollection services, HeldChains held, NodeOptions options)
    {
        var checks = services.AddHealthChecks().AddCheck<SiloCheck>("silo");
        if (!options.Roles.HasFlag(SiloRoles.Api)) // which checks the log of every chain
        {
            services.AddSingleton(held);
            checks.AddCheck<HeldLogCheck>("log", timeout: _checkPatience);
        }

        if (options.Cluster is { } cluster)
        {
            services.AddSingleton(cluster);
            checks.AddCheck<DatabaseCheck>("database", HealthStatus.Degraded, timeout: _checkPatience);
        }
    }

    private static void Configure(ApiOptions api, NodeOptions options, NodeInput input)
    {
        api.Chains = input.Chains;
        api.ChainsWithLanes = options.Roles.HasFlag(SiloRoles.Ingest) || options.Cluster is not null ? [.. input.Lanes.Select(static lane => lane.Chain).Distinct()] : [];
        api.IsSynthetic = input.IsSynthetic;
    }

    private static void Configure(IServiceCollection services, NodeOptions options, NodeInput input, string directory, string name)
    {
        var acts = OperatorInput.Of(options.Operator, Environment.GetEnvironmentVariable);
        var relays = RelayInput.Of(options.Relays, Environment.GetEnvironmentVariable);
        services
            .Configure<LogHostOptions>(logs =>
            {
                logs.Directory = directory;
                logs.Writer = name;
                logs.Fold = input.Fold;
                logs.Registers = options.Cluster is { } cluster ? chain => new PostgresWriterRegister(cluster.ConnectionString, cluster.ClusterId, chain) : null;
                logs.FoldByChain = input.Chains.Distinct().ToDictionary(static chain => chain, chain => PoolSettings.Apply(options.Pools, chain, input.Fold));
            })
            .Configure<IngestHostOptions>(ingest =>
            {
                ingest.Lanes = input.Lanes;
                ingest.RecentBodies = options.Ingest.RecentBodies;
                ingest.Host = name;
                ingest.SenderRecovery = SenderRecovery.CreateBest().Name;
            })
            .Configure<RulesOptions>(static rules => rules.Registry ??= RegistryFile.Shipped)
            .Configure<BundleOptions>(bundles =>
            {
                bundles.Operator = acts;
                bundles.Relays = relays;
            })
            .Configure<SimHostOptions>(simulations => simulations.States = StateInput.Of(options, input));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
