using System.Net;
using System.Net.Sockets;
using Mempulse.Api;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Hosting;
using Mempulse.Node.Console;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.ServiceDefaults;
using Mempulse.Sim.Running;

namespace Mempulse.Node;

/// <summary>Builds the node: one silo that holds the logs, folds them, runs the lanes and serves the API.</summary>
internal static class NodeHost
{
    /// <summary>A node that is ready to run.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, NodeOptions options, NodeInput input, string directory)
    {
        ApiAddress.Apply(builder, options.Urls);
        builder.AddServiceDefaults();
        string name = $"{Environment.MachineName}-{Environment.ProcessId}";
        builder.UseOrleans(silo =>
        {
            // Alone in its cluster: no gateway, and a port that is free.
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "mempulse", clusterId: name);
            silo.AddMempulse(
                logs =>
                {
                    logs.Chains = input.Chains;
                    logs.Directory = directory;
                    logs.Writer = name;
                    logs.Fold = input.Fold;
                    logs.SegmentSizeBytes = options.Log.SegmentSizeBytes;
                    logs.Durability = options.Log.Durability;
                },
                fold => { },
                ingest =>
                {
                    ingest.Lanes = input.Lanes;
                    ingest.RecentBodies = options.Ingest.RecentBodies;
                    ingest.Host = name;
                    ingest.SenderRecovery = SenderRecovery.CreateBest().Name;
                },
                simulations =>
                {
                    simulations.States = StateInput.Of(options, input.Chains);
                    simulations.State = StateInput.StateOptions(options);
                    simulations.MaxInFlight = options.Simulation.MaxInFlight;
                    simulations.StepTraces = new StepTracePolicy(options.Simulation.StepTraces, (uint)options.Simulation.StepSampleOneIn);
                    simulations.StoreBytes = options.Simulation.StoreBytes;
                });
        });
        builder.Services.AddMempulseApi(api =>
        {
            api.Chains = input.Chains;
            api.IsSynthetic = input.IsSynthetic;
        });
        builder.Services.AddSingleton(new SummaryOptions(input.Chains, System.Console.Out)).AddHostedService<SummaryLines>();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapMempulseApi();
        return app;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
