using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;

namespace Mempulse.Builder.Sending;

/// <summary>Sends requests to one builder. One call is one attempt: nothing is repeated, nothing is followed, nothing is held back. Safe for any thread.</summary>
public interface IRelayClient
{
    /// <summary>The builder.</summary>
    RelayDialect Dialect { get; }

    /// <summary>Takes one of the requests that the builder allows in a period. To be asked before an attempt is recorded.</summary>
    /// <param name="method">What is going to be asked for.</param>
    /// <param name="wait">How long to wait before asking again; zero if a request was taken.</param>
    /// <returns>False if the period's requests are used up.</returns>
    bool TryTakePermit(RelayMethod method, out TimeSpan wait);

    /// <summary>Sends a request once and classifies what comes back. Faults of relay and network are answers.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled: it is not known whether the request arrived.</exception>
    Task<AttemptResult> SendAsync(RelayRequest request, CancellationToken cancellationToken);
}
