using System.Text.Json;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives.Encoding;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Mempulse.JsonRpc.Calls;

/// <summary>Sends calls to one node, single or in batches, over HTTP or a dedicated WebSocket. Retries when the connection fails.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class RpcClient : IAsyncDisposable
{
    private readonly IRpcTransport _transport;
    private readonly ResiliencePipeline<JsonDocument> _pipeline;
    private readonly RpcMeter _metrics;
    private readonly TimeProvider _time;
    private long _lastHeard;

    /// <summary>Creates a client, which connects on its first call.</summary>
    /// <param name="url">ws, wss, http or https.</param>
    /// <param name="options">Timeouts, retries and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Where its calls are counted.</param>
    public RpcClient(Uri url, RpcConnectionOptions options, TimeProvider time, RpcMeter metrics)
    {
        _metrics = metrics;
        _time = time;
        _lastHeard = time.GetTimestamp();
        IsSerial = url.Scheme is "ws" or "wss";
        _transport = IsSerial
            ? new WebSocketTransport(url, options, time)
            : new HttpTransport(url, options.MaxMessageBytes);
        var builder = new ResiliencePipelineBuilder<JsonDocument> { TimeProvider = time };
        if (options.CallRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<JsonDocument>
            {
                ShouldHandle = new PredicateBuilder<JsonDocument>().Handle<RpcTransportException>().Handle<TimeoutRejectedException>(),
                MaxRetryAttempts = options.CallRetries,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = options.MaxReconnectDelay,
                BackoffType = DelayBackoffType.Exponential,
            });
        }

        _pipeline = builder.AddTimeout(options.CallTimeout).Build();
    }

    /// <summary>True when the client sends one call at a time, however many the caller starts.</summary>
    public bool IsSerial { get; }

    /// <summary>Clock timestamp of the last answer.</summary>
    public long LastHeard => Interlocked.Read(ref _lastHeard);

    /// <summary>Sends one call.</summary>
    /// <exception cref="RpcTransportException">No answer arrived after all retries.</exception>
    public Task<RpcAnswers> CallAsync(RpcCall call, CancellationToken cancellationToken) => SendAsync([call], isBatch: false, cancellationToken);

    /// <summary>Sends several calls in one message.</summary>
    /// <exception cref="RpcTransportException">No answer arrived after all retries.</exception>
    public Task<RpcAnswers> BatchAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) =>
        SendAsync(calls, isBatch: true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private async Task<RpcAnswers> SendAsync(IReadOnlyList<RpcCall> calls, bool isBatch, CancellationToken cancellationToken)
    {
        var request = new ByteBuffer();
        Write(request, calls, isBatch);
        try
        {
            var document = await _pipeline.ExecuteAsync(
                async token => await _transport.SendAsync(request.WrittenMemory, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref _lastHeard, _time.GetTimestamp());
            _metrics.Answered();
            return new RpcAnswers(document, calls.Count);
        }
        catch (TimeoutRejectedException failure)
        {
            _metrics.Failed();
            throw new RpcTransportException(TransportFault.Silent, $"No answer to {calls[0].Method} within {failure.Timeout}.", failure);
        }
        catch (RpcTransportException)
        {
            _metrics.Failed();
            throw;
        }
    }

    private static void Write(ByteBuffer request, IReadOnlyList<RpcCall> calls, bool isBatch)
    {
        using var writer = new Utf8JsonWriter(request);
        if (isBatch)
        {
            writer.WriteStartArray();
        }

        for (int i = 0; i < calls.Count; i++)
        {
            calls[i].Write(writer, i);
        }

        if (isBatch)
        {
            writer.WriteEndArray();
        }
    }
}
