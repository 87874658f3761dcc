using System.Text.Json;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives.Encoding;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Mempulse.JsonRpc.Calls;

/// <summary>Sends one request and reads the reply to it. Retries when the connection fails, and waits when the node limits its rate.</summary>
/// <remarks>Safe for any thread.</remarks>
internal sealed class RpcExchange : IAsyncDisposable
{
    private readonly IRpcTransport _transport;
    private readonly ResiliencePipeline<JsonDocument> _pipeline;
    private readonly RpcMeter _metrics;
    private readonly TimeProvider _time;
    private long _lastHeard;

    public RpcExchange(Uri url, RpcConnectionOptions options, TimeProvider time, RpcMeter metrics)
    {
        IsSerial = url.Scheme is "ws" or "wss";
        _transport = IsSerial ? new WebSocketTransport(url, options, time) : new HttpTransport(url, options.MaxMessageBytes, time);
        _metrics = metrics;
        _time = time;
        _lastHeard = time.GetTimestamp();
        var builder = new ResiliencePipelineBuilder<JsonDocument> { TimeProvider = time };
        if (options.CallRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<JsonDocument>
            {
                ShouldHandle = new PredicateBuilder<JsonDocument>().Handle<RpcTransportException>(IsWorthRepeating).Handle<TimeoutRejectedException>(),
                MaxRetryAttempts = options.CallRetries,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = options.MaxReconnectDelay,
                BackoffType = DelayBackoffType.Exponential,
            });
        }

        _pipeline = builder.AddTimeout(options.CallTimeout).Build();
    }

    /// <summary>True when one request is sent at a time.</summary>
    public bool IsSerial { get; }

    /// <summary>Clock timestamp of the last answer, refusals included.</summary>
    public long LastHeard => Interlocked.Read(ref _lastHeard);

    /// <summary>Sends a single call.</summary>
    /// <exception cref="RpcTransportException">No answer arrived after all retries.</exception>
    public Task<RpcReply> SendAsync(RpcCall call, CallPatience patience, CancellationToken cancellationToken) =>
        SendAsync([call], isBatch: false, patience, cancellationToken);

    /// <summary>Sends several calls in one message.</summary>
    /// <exception cref="RpcTransportException">No answer arrived after all retries.</exception>
    public Task<RpcReply> SendBatchAsync(IReadOnlyList<RpcCall> calls, CallPatience patience, CancellationToken cancellationToken) =>
        SendAsync(calls, isBatch: true, patience, cancellationToken);

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private async Task<RpcReply> SendAsync(IReadOnlyList<RpcCall> calls, bool isBatch, CallPatience patience, CancellationToken cancellationToken)
    {
        var request = new ByteBuffer();
        Write(request, calls, isBatch);
        while (true)
        {
            await patience.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
            var reply = await SendOnceAsync(request.WrittenMemory, calls, isBatch, cancellationToken).ConfigureAwait(false);
            var refusal = isBatch || reply.Whole.IsRefused ? reply.Whole : reply.Answers[0].Refusal;
            if (refusal.Kind != RefusalKind.RateLimited || !await patience.TryWaitAsync(refusal, cancellationToken).ConfigureAwait(false))
            {
                return reply;
            }

            reply.Message?.Dispose();
        }
    }

    private async Task<RpcReply> SendOnceAsync(ReadOnlyMemory<byte> request, IReadOnlyList<RpcCall> calls, bool isBatch, CancellationToken cancellationToken)
    {
        try
        {
            var message = await _pipeline.ExecuteAsync(
                async token => await _transport.SendAsync(request, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            Answered();
            return isBatch ? RpcReply.ReadBatch(message, calls.Count) : RpcReply.ReadSingle(message);
        }
        catch (TimeoutRejectedException failure)
        {
            _metrics.Failed();
            throw new RpcTransportException(TransportFault.Silent, $"No answer to {calls[0].Method} within {failure.Timeout}.", failure);
        }
        catch (RpcTransportException refused) when (refused.Refusal.Kind is not (RefusalKind.None or RefusalKind.Transient))
        {
            // An HTTP status that names a cause is an answer: the caller has another way, or waits.
            Answered();
            return RpcReply.Refused(refused.Refusal);
        }
        catch (RpcTransportException)
        {
            _metrics.Failed();
            throw;
        }
    }

    private void Answered()
    {
        Interlocked.Exchange(ref _lastHeard, _time.GetTimestamp());
        _metrics.Answered();
    }

    /// <summary>A refusal is repeated only if it may pass; a rate limit is waited for.</summary>
    private static bool IsWorthRepeating(RpcTransportException failure) => failure.Refusal.Kind is RefusalKind.None or RefusalKind.Transient;

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
