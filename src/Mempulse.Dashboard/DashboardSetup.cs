using Mempulse.Dashboard.Alerting;
using Mempulse.Dashboard.Design;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Layout;
using Mempulse.Dashboard.Screens.Blocks;
using Mempulse.Dashboard.Screens.Health;
using Mempulse.Dashboard.Screens.Opportunities;
using Mempulse.Dashboard.Screens.Radar;
using Mempulse.Dashboard.Screens.Replays;
using Mempulse.Dashboard.Screens.Search;
using Mempulse.Dashboard.Screens.Transaction;
using Mempulse.Dashboard.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mempulse.Dashboard;

/// <summary>The dashboard: what it needs, and where its screens are.</summary>
public static class DashboardSetup
{
    private static readonly TimeSpan _retained = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds the dashboard to a host that serves the API.</summary>
    public static IServiceCollection AddMempulseDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(BoundCircuits);
        services.AddDataProtection().UseEphemeralDataProtectionProvider(); // a circuit ends with its process, so nothing protected outlives it
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PageOrAnswer>());
        services.AddSingleton(static _ => new AssetStore(DesignTokens.Read()));
        services.AddSingleton<LiveFeed>().AddHostedService(static provider => provider.GetRequiredService<LiveFeed>());
        services.AddMetrics();
        services.AddSingleton<NodeMeters>();
        services.AddSingleton<AlertWatch>().AddHostedService(static provider => provider.GetRequiredService<AlertWatch>());
        services.AddSingleton<HealthReader>();
        services.AddSingleton<PoolReader>();
        services.AddSingleton<WatchReader>();
        services.AddSingleton<BlockReader>();
        services.AddSingleton<TxReader>();
        services.AddSingleton<SearchTarget>();
        services.AddSingleton<OppsReader>();
        services.AddSingleton<OppReader>();
        services.AddSingleton<ReplayReader>();
        services.AddScoped<Viewer>();
        services.AddScoped<WatchList>();
        return services;
    }

    /// <summary>Maps the screens and the files that they load.</summary>
    public static WebApplication MapMempulseDashboard(this WebApplication app)
    {
        app.UseMiddleware<CircuitGuard>();
        app.UseMiddleware<PageHeaders>();
        app.UseAntiforgery();
        app.MapAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null) // our own policy has it
            .Add(OnlyRead);
        return app;
    }

    /// <summary>Screens have no forms: what is posted to one is refused by its method, as at any route of the API.</summary>
    private static void OnlyRead(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any() && endpoint.Metadata.OfType<HttpMethodMetadata>().FirstOrDefault() is { } methods)
        {
            endpoint.Metadata.Remove(methods);
            endpoint.Metadata.Add(new HttpMethodMetadata(methods.HttpMethods.Where(static method => !HttpMethods.IsPost(method))));
        }
    }

    private static void BoundCircuits(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = 16;
        circuits.DisconnectedCircuitRetentionPeriod = _retained;
        circuits.MaxBufferedUnacknowledgedRenderBatches = 4;
        circuits.JSInteropDefaultCallTimeout = _patience;
    }
}
