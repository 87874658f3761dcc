using System.Threading.RateLimiting;
using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Sending;

/// <summary>Holds us to the rates that a builder states. Safe for any thread.</summary>
internal sealed class RelayLimiter(RelayDialect dialect) : IDisposable
{
    private readonly FixedWindowRateLimiter _requests = Create(dialect.LimitOf(LimitKind.Requests));
    private readonly FixedWindowRateLimiter _statistics = Create(dialect.LimitOf(LimitKind.StatisticsRequests));

    /// <summary>Takes a request of the present period; otherwise says how long the period lasts.</summary>
    public bool TryTake(RelayMethod method, out TimeSpan wait)
    {
        using var lease = (method == RelayMethod.BundleStatistics ? _statistics : _requests).AttemptAcquire();
        wait = !lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var rest) ? rest : TimeSpan.Zero;
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _requests.Dispose();
        _statistics.Dispose();
    }

    private static FixedWindowRateLimiter Create(DialectLimit limit) => new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = limit.Value,
        Window = TimeSpan.FromMilliseconds(limit.PerMilliseconds),
        QueueLimit = 0, // an attempt that cannot leave now is planned anew, not queued
        AutoReplenishment = true,
    });
}
