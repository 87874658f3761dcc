using Mempulse.Api.Problems;
using Mempulse.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Serving;

/// <summary>The bounds of a service that answers HTTP, with or without the API.</summary>
public static class ServingSetup
{
    /// <summary>The section of <see cref="ServingOptions"/>.</summary>
    public const string Section = "Mempulse:Api";

    /// <summary>The maximum body of a request whose endpoint does not set its own.</summary>
    internal const long MaxOtherBodyBytes = 64 << 10;

    /// <summary>Bytes that Kestrel, and the system's socket, hold of a response that is not read.</summary>
    private const int SendBufferBytes = 64 << 10;

    private const int MaxHeaderBytes = 16 << 10;

    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _headersPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _idlePatience = TimeSpan.FromSeconds(60);

    /// <summary>Adds the bounds; the host validates <see cref="ServingOptions"/>.</summary>
    public static IServiceCollection AddBoundedServing(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddApiKeys();
        services.AddCompression();
        services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = static context =>
            context.ProblemDetails.Detail ??= Problem.DetailOf(context.HttpContext.Request, context.ProblemDetails.Status));
        services.TryAddSingleton<ServingMeter>();
        services.TryAddSingleton<RequestShares>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServingOptions>>(static (kestrel, options) => Bound(kestrel, options.Value));
        services.Configure<SocketTransportOptions>(static sockets => sockets.CreateBoundListenSocket = static place =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(place);
            socket.SendBufferSize = SendBufferBytes; // inherited by its connections
            return socket;
        });
        return services;
    }

    /// <summary>Applies the bounds to all requests, and answers what fails with a problem; before the endpoints are mapped.</summary>
    public static IApplicationBuilder UseBoundedServing(this IApplicationBuilder app) => app
        .UseExceptionHandler()
        .UseStatusCodePages()
        .UseMiddleware<HostCheck>()
        .UseApiKeys()
        .UseWebSockets()
        .UseMiddleware<BoundedServing>()
        .UseCompression();

    private static void Bound(KestrelServerOptions kestrel, ServingOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestBodySize = MaxOtherBodyBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxResponseBufferSize = SendBufferBytes;
        limits.RequestHeadersTimeout = _headersPatience;
        limits.KeepAliveTimeout = _idlePatience;
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBytesPerSecond, _grace);
        limits.MinResponseDataRate = new MinDataRate(options.MinBytesPerSecond, _grace);
    }
}
