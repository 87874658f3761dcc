using System.Collections.Frozen;
using Mempulse.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mempulse.ServiceDefaults;

/// <summary>The telemetry of every service of the project: logs, metrics, traces and the probes of supervisors.</summary>
public static class CommonTelemetry
{
    /// <summary>The environment variable that names an OTLP collector; without it nothing leaves the process.</summary>
    public const string OtlpEndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The environment variable with another name of the service.</summary>
    public const string ServiceNameVariable = "OTEL_SERVICE_NAME";

    /// <summary>The environment variable with attributes of the process, such as its instance id.</summary>
    private const string ResourceAttributesVariable = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>The attribute that tells the processes of one service apart. A supervisor that names it finds the process by it.</summary>
    private const string InstanceId = "service.instance.id";

    /// <summary>The name of the service in telemetry.</summary>
    public const string ServiceName = "mempulse";

    /// <summary>Paths that machines request every few seconds. They are counted, not traced.</summary>
    private static readonly FrozenSet<string?> _probes = FrozenSet.Create<string?>("/health", "/alive", "/health/live", "/health/ready", "/metrics");

    /// <summary>Collects logs, metrics and traces of the project, of Orleans, of ASP.NET Core and of the runtime.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<LifetimeCheck>("lifetime");
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None); // an answer of 503 is not an error, and comes every few seconds
        string name = builder.Configuration[ServiceNameVariable] is { Length: > 0 } given ? given : ServiceName;
        bool hasInstance = builder.Configuration[ResourceAttributesVariable]?.Contains(InstanceId, StringComparison.Ordinal) == true;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                name, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: !hasInstance))
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.All, Telemetry.OrleansMeter)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration[OtlpEndpointVariable]))
        {
            builder.Logging.AddOpenTelemetry(logs => logs.IncludeFormattedMessage = true);
            telemetry.UseOtlpExporter().WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new RoutineCallSampler()))
                .AddSource([Telemetry.All, .. Telemetry.OrleansSources])
                .AddAspNetCoreInstrumentation(requests => requests.Filter = static request => !_probes.Contains(request.Request.Path.Value)));
        }

        return builder;
    }

    /// <summary>GET /metrics for Prometheus, and the probes: GET /health/live (or /alive) for a supervisor that restarts dead processes, GET /health/ready for one that sends requests.</summary>
    /// <remarks>The probes need no key, so their answer is one word. /health/ready is 503 with the class of the reason while a registered health check is unhealthy.</remarks>
    public static IEndpointRouteBuilder MapDefaultEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusScrapingEndpoint("/metrics");
        foreach (string path in (string[])["/alive", "/health/live"])
        {
            routes.MapGet(path, static () => TypedResults.Text("alive\n")).ExcludeFromDescription().AllowAnonymous();
        }

        routes.MapGet("/health/ready", IsReadyAsync).ExcludeFromDescription().AllowAnonymous();
        return routes;
    }

    /// <summary>One word: "ready", or the description of the first check that is not healthy; "ready" and that description if the checks are degraded at worst. A check that throws could not reach what it asks.</summary>
    private static async Task<ContentHttpResult> IsReadyAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        return report.Status == HealthStatus.Healthy ? TypedResults.Text("ready\n")
            : report.Status == HealthStatus.Degraded ? TypedResults.Text($"ready {ReasonOf(report)}\n")
            : TypedResults.Text($"{ReasonOf(report)}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string ReasonOf(HealthReport report)
    {
        var first = report.Entries.Values.First(entry => entry.Status == report.Status);
        return first.Exception is null && first.Description is { } reason ? reason : "unavailable";
    }
}
