using System.Threading.RateLimiting;

namespace Mempulse.Api.Serving;

/// <summary>What requests of one class may use at a time. Thread-safe.</summary>
internal sealed class RequestShare : IDisposable
{
    /// <summary>Creates an unused share.</summary>
    /// <param name="maxRequests">Requests answered at a time.</param>
    /// <param name="maxWaiting">Requests that wait.</param>
    /// <param name="responses">The budget of responses.</param>
    /// <param name="bodies">The budget of request bodies.</param>
    public RequestShare(int maxRequests, int maxWaiting, ByteBudget responses, ByteBudget bodies)
    {
        Requests = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = maxRequests,
            QueueLimit = maxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        Responses = responses;
        Bodies = bodies;
    }

    /// <summary>Requests answered at a time. A response that is only being sent does not count.</summary>
    public ConcurrencyLimiter Requests { get; }

    /// <summary>Bytes written and not sent.</summary>
    public ByteBudget Responses { get; }

    /// <summary>Bytes of request bodies.</summary>
    public ByteBudget Bodies { get; }

    /// <inheritdoc/>
    public void Dispose() => Requests.Dispose();
}
