using System.Text.Json;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using StreamJsonRpc;

namespace Mempulse.JsonRpc.Transports;

/// <summary>One eth_subscribe over a dedicated WebSocket, with StreamJsonRpc.</summary>
/// <remarks>Notifications are delivered in order, on the connection's own context.</remarks>
public sealed class RpcSubscription : IAsyncDisposable
{
    private readonly BoundedWebSocket _socket;
    private readonly SystemTextJsonFormatter _formatter = new();
    private readonly WebSocketMessageHandler _handler;
    private readonly StreamJsonRpc.JsonRpc _rpc;

    private RpcSubscription(BoundedWebSocket socket, Action<JsonElement> notified)
    {
        _socket = socket;
        _handler = new WebSocketMessageHandler(socket, _formatter);
        _rpc = new StreamJsonRpc.JsonRpc(_handler);
        var target = new Target(notified);
        _rpc.AddLocalRpcMethod("eth_subscription", target.OnNotification);
        _rpc.StartListening();
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
        Action<JsonElement> notified,
        RpcConnectionOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var socket = await WebSocketConnector.ConnectAsync(url, options, time, cancellationToken).ConfigureAwait(false);
        var subscription = new RpcSubscription(socket, notified);
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
        await _rpc.Completion.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (_rpc.Completion.Exception?.GetBaseException() is not { } failure)
        {
            return new RpcTransportException(TransportFault.Closed, "The node closed the connection.");
        }

        // Any failure of the parser costs this connection only.
        bool isBroken = _socket.Violation is null && failure is System.Net.WebSockets.WebSocketException or IOException;
        return new RpcTransportException(
            isBroken ? TransportFault.Closed : TransportFault.ProtocolViolation,
            _socket.Violation ?? (isBroken ? "The connection broke." : $"The data received is not JSON-RPC ({failure.GetType().Name})."),
            failure);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _rpc.Dispose();
        await _handler.DisposeAsync().ConfigureAwait(false);
        _formatter.Dispose();
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
            await _rpc.InvokeWithCancellationAsync<JsonElement>("eth_subscribe", parameters, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure) when (timeout.IsCancellationRequested)
        {
            throw new RpcTransportException(TransportFault.Silent, $"No answer to eth_subscribe within {options.CallTimeout}.", failure);
        }
        catch (RemoteRpcException failure)
        {
            bool isClosed = failure is ConnectionLostException && _socket.Violation is null;
            throw new RpcTransportException(
                isClosed ? TransportFault.Closed : TransportFault.ProtocolViolation,
                _socket.Violation ?? (isClosed ? "The node closed the connection." : "The node refused the subscription."),
                failure)
            {
                Refusal = failure is RemoteInvocationException refused ? RpcRefusal.OfError(refused.ErrorCode, refused.Message) : RpcRefusal.None,
            };
        }
    }

    private sealed class Target(Action<JsonElement> notified)
    {
        /// <summary>The parameter names are those of the notification's fields.</summary>
        public void OnNotification(JsonElement subscription, JsonElement result)
        {
            if (subscription.ValueKind == JsonValueKind.String)
            {
                notified(result);
            }
        }
    }
}
