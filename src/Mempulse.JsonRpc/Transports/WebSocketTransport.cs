using System.Net.WebSockets;
using System.Text.Json;
using Mempulse.Primitives.Encoding;
using Mempulse.JsonRpc.Endpoints;

namespace Mempulse.JsonRpc.Transports;

/// <summary>JSON-RPC over a dedicated WebSocket: one request at a time, and the next message is its answer.</summary>
/// <remarks>Connects on first use and again after a failure. Subscriptions use a separate connection.</remarks>
internal sealed class WebSocketTransport(Uri url, RpcConnectionOptions options, TimeProvider time) : IRpcTransport
{
    private const int InitialBytes = 64 << 10;

    /// <summary>Memory above this size, of a huge answer, is not kept for the small ones after it.</summary>
    private const int MaxKeptBytes = 1 << 20;

    /// <summary>Maximum number of messages before an answer that are no answers.</summary>
    private const int MaxStrayMessages = 1_024;

    private readonly SemaphoreSlim _one = new(1, 1);
    private ByteBuffer _received = new(InitialBytes);
    private WebSocket? _socket;

    public async Task<JsonDocument> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        bool isGood = false;
        try
        {
            _socket ??= await WebSocketConnector.ConnectAsync(url, options, time, cancellationToken).ConfigureAwait(false);
            await _socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            var answer = await ReceiveAnswerAsync(_socket, cancellationToken).ConfigureAwait(false);
            isGood = true;
            return answer;
        }
        catch (WebSocketException failure)
        {
            throw new RpcTransportException(TransportFault.Closed, "The connection broke.", failure);
        }
        catch (JsonException failure)
        {
            throw new RpcTransportException(TransportFault.ProtocolViolation, "The node's answer is not JSON.", failure);
        }
        finally
        {
            // After an incomplete exchange the state of the connection is unknown.
            if (!isGood)
            {
                _socket?.Dispose();
                _socket = null;
            }

            _one.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        _one.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips notifications and requests, which have a method; nothing was subscribed to on this connection.</summary>
    private async Task<JsonDocument> ReceiveAnswerAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        for (int i = 0; i < MaxStrayMessages; i++)
        {
            var message = await ReceiveAsync(socket, cancellationToken).ConfigureAwait(false);
            if (message.RootElement.ValueKind != JsonValueKind.Object || !message.RootElement.TryGetProperty("method"u8, out _))
            {
                return message;
            }

            message.Dispose();
        }

        throw new RpcTransportException(TransportFault.ProtocolViolation, "The node sends notifications that nothing subscribed to, and no answer.");
    }

    private async Task<JsonDocument> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        _received = _received.Length > MaxKeptBytes ? new ByteBuffer(InitialBytes) : _received;
        _received.Clear();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(_received.GetMemory(16 << 10), cancellationToken).ConfigureAwait(false);
            _received.Advance(part.Count);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new RpcTransportException(TransportFault.Closed, "The node closed the connection.");
            }
        }
        while (!part.EndOfMessage);

        // The document keeps a reference to the memory it is parsed from.
        return JsonDocument.Parse(_received.WrittenMemory.ToArray());
    }
}
