// The deployment on one machine: what runs, and where it listens.
var builder = DistributedApplication.CreateBuilder(args);

// The embedded node: log, fold, lanes and API in one process. Without further settings it plays the shipped capture.
builder.AddProject<Projects.Mempulse_Node>("node", launchProfileName: null)
    .WithHttpEndpoint(port: 5100, name: "http")
    .WithHttpHealthCheck("/health/ready")
    .WithUrlForEndpoint("http", url => url.Url = "/docs")
    // The dashboard stops first, so the last export must not wait ten seconds for it.
    .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000");

await builder.Build().RunAsync();
