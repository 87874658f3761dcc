using Mempulse.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mempulse.ServiceDefaults;

/// <summary>What every service of the project has: metrics, traces and a sign of life.</summary>
public static class CommonTelemetry
{
    /// <summary>The environment variable that names an OTLP collector; without it nothing leaves the process.</summary>
    public const string OtlpEndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Collects metrics and traces of the project, of Orleans, of ASP.NET Core and of the runtime.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.All, Telemetry.OrleansMeter)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration[OtlpEndpointVariable]))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
            telemetry.WithTracing(tracing => tracing
                .AddSource([Telemetry.All, .. Telemetry.OrleansSources])
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter());
        }

        return builder;
    }

    /// <summary>GET /metrics for Prometheus, GET /alive for whoever restarts dead processes.</summary>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusScrapingEndpoint("/metrics");
        routes.MapGet("/alive", () => TypedResults.Text("alive\n")).ExcludeFromDescription();
        return routes;
    }
}
