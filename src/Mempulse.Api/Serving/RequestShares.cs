using System.Collections.Frozen;
using System.Threading.RateLimiting;
using Mempulse.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Serving;

/// <summary>The shares of the classes of requests. Probes have one of their own, so that supervisors get answers while readers wait.</summary>
internal sealed class RequestShares : IDisposable
{
    private const int MaxProbes = 16;
    private const int MaxWaitingProbes = 256;
    private const long MaxProbeBytes = 8L << 20;

    /// <summary>What supervisors request every few seconds.</summary>
    private static readonly FrozenSet<string?> _probePaths = FrozenSet.Create<string?>(StringComparer.OrdinalIgnoreCase, "/health", "/alive", "/health/live", "/health/ready", "/metrics");

    private static readonly PathString _streamPath = new("/stream");
    private static readonly PathString _viewerPath = new("/_blazor");

    private readonly RequestShare _probes;
    private readonly RequestShare _reads;
    private readonly RequestShare _simulations;
    private readonly IDisposable _observed;

    /// <summary>Creates unused shares.</summary>
    public RequestShares(IOptions<ServingOptions> options, ServingMeter meter)
    {
        var limits = options.Value;
        var responses = new ByteBudget(limits.MaxResponseBytes);
        var bodies = new ByteBudget(limits.MaxBodyBytes);
        var probes = new ByteBudget(MaxProbeBytes);
        _probes = new RequestShare(MaxProbes, MaxWaitingProbes, probes, probes);
        _reads = new RequestShare(limits.MaxRequests, limits.MaxWaitingRequests, responses, bodies);
        _simulations = new RequestShare(limits.MaxSimulations, limits.MaxWaitingRequests, responses, bodies);
        Streams = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limits.MaxStreams, QueueLimit = 0 });
        Viewers = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limits.MaxViewers, QueueLimit = 0 });
        _observed = meter.Observe(() => responses.TakenBytes, () => limits.MaxResponseBytes);
    }

    /// <summary>Readers of the stream at a time. They are answered as long as they stay, so they take no turn of other requests.</summary>
    public ConcurrencyLimiter Streams { get; }

    /// <summary>Viewers of the dashboard at a time, each with a WebSocket of its own.</summary>
    public ConcurrencyLimiter Viewers { get; }

    /// <summary>The limit of connections that stay open, if a request opens one; otherwise null.</summary>
    public ConcurrencyLimiter? OfOpen(HttpRequest request) =>
        request.Path.Equals(_streamPath, StringComparison.OrdinalIgnoreCase) ? Streams
        : request.Path.Equals(_viewerPath, StringComparison.OrdinalIgnoreCase) ? Viewers
        : null;

    /// <summary>The share of a request.</summary>
    public RequestShare Of(HttpRequest request) =>
        _probePaths.Contains(request.Path.Value) ? _probes : HttpMethods.IsPost(request.Method) ? _simulations : _reads;

    /// <inheritdoc/>
    public void Dispose()
    {
        _observed.Dispose();
        Streams.Dispose();
        Viewers.Dispose();
        _probes.Dispose();
        _reads.Dispose();
        _simulations.Dispose();
    }
}
