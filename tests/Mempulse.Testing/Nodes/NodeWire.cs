using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Mempulse.Testing.Nodes;

/// <summary>One WebSocket connection of a <see cref="ScriptedNode"/>, for messages or raw bytes.</summary>
public sealed class NodeWire
{
    private readonly NetworkStream _stream;
    private readonly WebSocket _socket;

    internal NodeWire(NetworkStream stream, WebSocket socket)
    {
        _stream = stream;
        _socket = socket;
    }

    /// <summary>Sends a text message.</summary>
    public async Task TextAsync(string text) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Sends a message or a part of one.</summary>
    public async Task MessageAsync(byte[] bytes, WebSocketMessageType type, bool isEnd = true) =>
        await _socket.SendAsync(bytes, type, isEnd, CancellationToken.None);

    /// <summary>Sends bytes without a frame around them.</summary>
    public async Task BytesAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Closes the connection without a close frame.</summary>
    public void Cut() => _stream.Close();
}
