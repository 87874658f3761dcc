using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;

namespace Mempulse.JsonRpc.Calls;

/// <summary>Sends calls to one node, single or several at once, over HTTP or a dedicated WebSocket.</summary>
/// <remarks>
/// Callers ask; the client finds the form that the node accepts. It retries when the connection fails, waits when the node limits its rate, and splits
/// batches that the node refuses. A refusal that remains is an answer: the caller uses another method or another node. Safe for any thread.
/// </remarks>
public sealed class RpcClient : IAsyncDisposable
{
    private readonly RpcExchange _exchange;
    private readonly BatchLimits _limits;
    private readonly RateGate _gate;
    private readonly TimeSpan _patience;

    /// <summary>Creates a client, which connects on its first call.</summary>
    /// <param name="url">ws, wss, http or https.</param>
    /// <param name="options">Timeouts, retries and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Where its calls are counted.</param>
    public RpcClient(Uri url, RpcConnectionOptions options, TimeProvider time, RpcMeter metrics)
    {
        _exchange = new RpcExchange(url, options, time, metrics);
        _limits = new BatchLimits(time);
        _gate = new RateGate(time);
        _patience = options.RateLimitPatience;
    }

    /// <summary>True when the client sends one call at a time, however many the caller starts.</summary>
    public bool IsSerial => _exchange.IsSerial;

    /// <summary>Clock timestamp of the last answer.</summary>
    public long LastHeard => _exchange.LastHeard;

    /// <summary>Sends one call.</summary>
    /// <exception cref="RpcTransportException">No answer arrived after all retries.</exception>
    public Task<RpcAnswers> CallAsync(RpcCall call, CancellationToken cancellationToken) => BatchAsync([call], cancellationToken);

    /// <summary>Sends several calls, in as few messages as the node accepts, and returns one answer for each in order.</summary>
    /// <exception cref="RpcTransportException">No answer arrived after all retries.</exception>
    public async Task<RpcAnswers> BatchAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        var answers = new RpcAnswers(calls.Count);
        try
        {
            await new BatchRun(_exchange, _limits, calls, answers, new CallPatience(_patience, _gate)).RunAsync(cancellationToken).ConfigureAwait(false);
            return answers;
        }
        catch
        {
            answers.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _exchange.DisposeAsync();
}
