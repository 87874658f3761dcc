using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Mempulse.Testing.Nodes;

/// <summary>One WebSocket connection of a <see cref="ScriptedNode"/>, for messages or raw bytes.</summary>
public sealed class NodeWire
{
    private const int PartChars = 1 << 15;

    private readonly NetworkStream _stream;
    private readonly WebSocket _socket;

    internal NodeWire(NetworkStream stream, WebSocket socket)
    {
        _stream = stream;
        _socket = socket;
    }

    /// <summary>Sends a text message.</summary>
    public async Task TextAsync(string text)
    {
        // In parts, so that a huge message costs the sender little memory.
        var encoder = Encoding.UTF8.GetEncoder();
        byte[] part = new byte[Encoding.UTF8.GetMaxByteCount(Math.Min(text.Length, PartChars))];
        for (int at = 0; at < text.Length || at == 0; at += PartChars)
        {
            bool isEnd = at + PartChars >= text.Length;
            int length = encoder.GetBytes(text.AsSpan(at, Math.Min(PartChars, text.Length - at)), part, isEnd);
            await _socket.SendAsync(part.AsMemory(0, length), WebSocketMessageType.Text, isEnd, CancellationToken.None);
        }
    }

    /// <summary>Sends a message or a part of one.</summary>
    public async Task MessageAsync(byte[] bytes, WebSocketMessageType type, bool isEnd = true) =>
        await _socket.SendAsync(bytes, type, isEnd, CancellationToken.None);

    /// <summary>Sends bytes without a frame around them.</summary>
    public async Task BytesAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Closes the connection without a close frame.</summary>
    public void Cut() => _stream.Close();
}
