using System.Net.WebSockets;

namespace Mempulse.JsonRpc.Transports;

/// <summary>A WebSocket that closes when a message exceeds the size limit, and that tracks when data last arrived.</summary>
internal sealed class BoundedWebSocket(WebSocket inner, int maxMessageBytes, TimeProvider time) : WebSocket
{
    private long _lastHeard = time.GetTimestamp();
    private long _messageBytes;
    private long _messageBegan;

    /// <summary>Clock timestamp of the last byte received.</summary>
    public long LastHeard => Interlocked.Read(ref _lastHeard);

    /// <summary>Age of the message being received; zero between messages.</summary>
    public TimeSpan UnfinishedFor => Interlocked.Read(ref _messageBegan) is var began and not 0 ? time.GetElapsedTime(began) : TimeSpan.Zero;

    /// <summary>How the node violated the protocol, as a sentence; null if it did not.</summary>
    public string? Violation { get; private set; }

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override void Abort() => inner.Abort();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Dispose() => inner.Dispose();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await inner.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(result.Count, result.EndOfMessage);
        return result;
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await inner.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(result.Count, result.EndOfMessage);
        return result;
    }

    private void Count(int bytes, bool isEnd)
    {
        Interlocked.Exchange(ref _lastHeard, time.GetTimestamp());
        if (isEnd)
        {
            Interlocked.Exchange(ref _messageBegan, 0);
        }
        else if (_messageBytes == 0)
        {
            Interlocked.Exchange(ref _messageBegan, time.GetTimestamp());
        }

        _messageBytes += bytes;
        if (_messageBytes > maxMessageBytes)
        {
            Violation = $"A message exceeds the limit of {maxMessageBytes} bytes.";
            inner.Abort();
            throw new RpcTransportException(TransportFault.ProtocolViolation, Violation);
        }

        _messageBytes = isEnd ? 0 : _messageBytes;
    }
}
