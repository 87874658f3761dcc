using System.Threading.RateLimiting;

namespace Mempulse.Api.Transactions;

/// <summary>Bounds how often this process asks nodes about transactions, for all callers together: each question is a call to every node. Safe for any thread.</summary>
internal sealed class NodeQuestions : IDisposable
{
    /// <summary>Questions in a minute at most.</summary>
    public const int MaxPerMinute = 60;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly FixedWindowRateLimiter _limiter = new(new FixedWindowRateLimiterOptions { PermitLimit = MaxPerMinute, Window = _window, QueueLimit = 0 });

    /// <summary>Takes a turn.</summary>
    /// <param name="retrySeconds">When the next turn is free, at least 1; 0 if this one was.</param>
    public bool TryTake(out int retrySeconds)
    {
        using var lease = _limiter.AttemptAcquire();
        retrySeconds = lease.IsAcquired ? 0 : Math.Max(1, (int)Math.Ceiling((lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : _window).TotalSeconds));
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
