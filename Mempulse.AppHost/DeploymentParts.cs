using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.AppHost;

/// <summary>The parts of the deployment that more than one place adds.</summary>
internal static class DeploymentParts
{
    /// <summary>Adds the node's program: a silo of its own, unless it is told otherwise.</summary>
    /// <param name="builder">The deployment.</param>
    /// <param name="name">The name of the resource, and of the service in telemetry.</param>
    /// <param name="port">Where the API listens on loopback; null for a process without one.</param>
    public static IResourceBuilder<ProjectResource> AddMempulse(this IDistributedApplicationBuilder builder, string name, int? port) => builder
        .AddProject<Projects.Mempulse_Node>(name, launchProfileName: null)
        .WithHttpEndpoint(port: port, name: "http")
        .WithHttpHealthCheck("/health/ready")
        .WithUrlForEndpoint("http", url => url.Url = port is null ? "/metrics" : "/docs")

        // The console keeps its level; the dashboard also gets what a process does.
        .WithEnvironment("Logging__OpenTelemetry__LogLevel__Default", "Information")
        .WithEnvironment("Mempulse__Traces__Export", "Live") // the dashboard keeps each span once

        // The dashboard stops first, so the last export must not wait ten seconds for it.
        .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000");

    /// <summary>Adds the directory of everything that the deployment writes, beside the embedded node's logs.</summary>
    public static RunDirectory AddRunDirectory(this IDistributedApplicationBuilder builder, string? given)
    {
        var directory = new RunDirectory(given);
        builder.Services.AddHostedService(_ => directory).AddHostedService<OrderlyStop>();
        return directory;
    }
}
