using System.Collections.Frozen;
using Mempulse.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mempulse.ServiceDefaults;

/// <summary>The telemetry of every service of the project: logs, metrics, traces and a liveness endpoint.</summary>
public static class CommonTelemetry
{
    /// <summary>The environment variable that names an OTLP collector; without it nothing leaves the process.</summary>
    public const string OtlpEndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The environment variable with another name of the service.</summary>
    public const string ServiceNameVariable = "OTEL_SERVICE_NAME";

    /// <summary>The name of the service in telemetry.</summary>
    public const string ServiceName = "mempulse";

    /// <summary>Paths that machines request every few seconds. They are counted, not traced.</summary>
    private static readonly FrozenSet<string?> _probes = FrozenSet.Create<string?>("/health", "/alive", "/metrics");

    /// <summary>Collects logs, metrics and traces of the project, of Orleans, of ASP.NET Core and of the runtime.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        string name = builder.Configuration[ServiceNameVariable] is { Length: > 0 } given ? given : ServiceName;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
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

    /// <summary>GET /metrics for Prometheus, GET /alive for a supervisor that restarts dead processes.</summary>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusScrapingEndpoint("/metrics");
        routes.MapGet("/alive", () => TypedResults.Text("alive\n")).ExcludeFromDescription().AllowAnonymous();
        return routes;
    }
}
