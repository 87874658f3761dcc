using Mempulse.AppHost;
using Mempulse.AppHost.Postgres;
using Mempulse.AppHost.Scraping;

// The deployment on one machine: what runs, what it needs, and where it listens.
var builder = DistributedApplication.CreateBuilder(args);
if (!HostSection.TryRead(builder.Configuration, out var host, out string? mistake))
{
    await Console.Error.WriteLineAsync(mistake);
    return 2;
}

using var files = builder.AddRunDirectory(host.Data);
var database = host.Cluster ? builder.AddClusterDatabase(host, files) : null;

// The embedded node: log, fold, lanes, simulations and API in one process. It needs nothing else, so it always starts.
var node = builder.AddMempulse("node", port: 5100);

// The same program as a cluster beside it: silos by role, joined over PostgreSQL.
if (database is not null)
{
    // Ids of traces come from the log, and both play the same input: only the cluster exports the traces of opportunities.
    node.WithEnvironment("OTEL_TRACES_EXPORTER", "none");

    var migration = builder.AddProject<Projects.Mempulse_Cli>("migration", launchProfileName: null)
        .WithArgs("db", "migrate")
        .WithReference(database)
        .WaitFor(database);

    var cluster = builder.AddOrleans("cluster")
        .WithClusterId("mempulse")
        .WithServiceId("mempulse")
        .WithClustering(new AdoNetClustering(database));

    IResourceBuilder<ProjectResource> AddSilo(string name, string roles, int? port = null) => builder.AddMempulse(name, port)
        .WithEnvironment("Mempulse__Roles", roles)
        .WithReference(cluster)
        .WithReference(database)
        .WaitForCompletion(migration);

    // One per chain: it writes the log.
    var log = AddSilo("log", "log")
        .WithEnvironment("Mempulse__Data", files.Of("log"));

    // One per chain too: a second set of lanes would announce everything twice. Only the embedded node may send bundles.
    AddSilo("worker", "ingest,worker")
        .WithEnvironment("Mempulse__Bundles__Sending", "DryRun")
        .WaitFor(log);

    AddSilo("api", "api", port: 5200)
        .WithReplicas(host.ApiReplicas)
        .WaitFor(log);
}

builder.AddPrometheus(files);

await builder.Build().RunAsync();
return 0;
