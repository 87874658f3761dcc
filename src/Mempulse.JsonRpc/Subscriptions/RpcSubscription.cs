using System.Net.WebSockets;
using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.JsonRpc.Subscriptions;

/// <summary>One eth_subscribe over a dedicated WebSocket.</summary>
/// <remarks>Notifications are delivered in order by one loop. No message is ignored: what is not a notification is reported to the listener as unread.</remarks>
public sealed class RpcSubscription : IAsyncDisposable
{
    private readonly BoundedWebSocket _socket;
    private readonly SubscriptionReader _reader;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _reading = new();
    private readonly Task _receiving;

    private RpcSubscription(BoundedWebSocket socket, ISubscriptionListener listener)
    {
        _socket = socket;
        _reader = new SubscriptionReader(listener);
        _receiving = Task.Run(ReceiveAsync, CancellationToken.None);
    }

    /// <summary>Clock timestamp of the last byte received.</summary>
    public long LastHeard => _socket.LastHeard;

    /// <summary>Age of the message being received; zero between messages.</summary>
    public TimeSpan UnfinishedFor => _socket.UnfinishedFor;

    /// <summary>Connects and subscribes.</summary>
    /// <exception cref="RpcTransportException">The connection failed or the node refused the subscription.</exception>
    public static async Task<RpcSubscription> OpenAsync(
        Uri url,
        IReadOnlyList<object> parameters,
        ISubscriptionListener listener,
        RpcConnectionOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var socket = await WebSocketConnector.ConnectAsync(url, options, time, cancellationToken).ConfigureAwait(false);
        var subscription = new RpcSubscription(socket, listener);
        try
        {
            await subscription.SubscribeAsync(parameters, options, time, cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the connection ends and returns the reason.</summary>
    public async Task<RpcTransportException> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await _receiving.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return EndOf(_receiving.Exception?.GetBaseException());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private async Task SubscribeAsync(
        IReadOnlyList<object> parameters,
        RpcConnectionOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _socket.SendAsync(Request(parameters), WebSocketMessageType.Text, endOfMessage: true, either.Token).ConfigureAwait(false);
            await (await Task.WhenAny(_answered.Task, _receiving).WaitAsync(either.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            if (!TryBegin())
            {
                throw new RpcTransportException(TransportFault.Silent, $"No answer to eth_subscribe within {options.CallTimeout}.", failure);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or JsonException)
        {
            throw EndOf(failure);
        }

        if (_reader.Refusal.IsRefused)
        {
            throw new RpcTransportException(TransportFault.ProtocolViolation, $"The node refused the subscription (error {_reader.Refusal.Code}).") { Refusal = _reader.Refusal };
        }
    }

    private static ReadOnlyMemory<byte> Request(IReadOnlyList<object> parameters)
    {
        var request = new ByteBuffer();
        using (var writer = new Utf8JsonWriter(request))
        {
            new RpcCall("eth_subscribe", parameters).Write(writer, id: 1);
        }

        return request.WrittenMemory;
    }

    private bool TryBegin()
    {
        lock (_reading)
        {
            if (!_reader.IsAnswered && _reader.HasEarly)
            {
                _reader.Begin();
            }

            return _reader.IsAnswered;
        }
    }

    /// <summary>Reads messages until the connection ends.</summary>
    private async Task ReceiveAsync()
    {
        const int initialBytes = 64 << 10;
        const int maxKeptBytes = 1 << 20;
        var received = new ByteBuffer(initialBytes);
        while (true)
        {
            // The memory of a huge message is not kept for the small ones after it.
            received = received.Length > maxKeptBytes ? new ByteBuffer(initialBytes) : received;
            received.Clear();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(received.GetMemory(16 << 10), CancellationToken.None).ConfigureAwait(false);
                received.Advance(part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    throw new RpcTransportException(TransportFault.Closed, "The node closed the connection.");
                }
            }
            while (!part.EndOfMessage);

            using var message = JsonDocument.Parse(received.WrittenMemory);
            lock (_reading)
            {
                _reader.Read(message.RootElement);
                if (_reader.IsAnswered)
                {
                    _answered.TrySetResult();
                }
            }
        }
    }

    /// <summary>Any failure of the parser or of the listener costs this connection only, except a bug that an invariant found.</summary>
    private RpcTransportException EndOf(Exception? failure) => failure switch
    {
        InvariantBrokenException bug => throw bug,
        _ when _socket.Violation is { } violation => new RpcTransportException(TransportFault.ProtocolViolation, violation, failure!),
        RpcTransportException known => known,
        WebSocketException or IOException or ObjectDisposedException => new RpcTransportException(TransportFault.Closed, "The connection broke.", failure),
        JsonException => new RpcTransportException(TransportFault.ProtocolViolation, "A message is not JSON.", failure),
        null => new RpcTransportException(TransportFault.Closed, "The node closed the connection."),
        _ => new RpcTransportException(TransportFault.ProtocolViolation, $"A message cannot be processed ({failure.GetType().Name}).", failure),
    };
}
