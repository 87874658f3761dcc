using System.Net.WebSockets;

namespace Mempulse.Api.Streaming;

/// <summary>Sends items over a WebSocket: each is a text message with the JSON of the item.</summary>
internal sealed class WebSocketSink(WebSocket socket) : IStreamSink
{
    private readonly List<StreamItem> _items = [];

    /// <inheritdoc/>
    public void Write(StreamItem item) => _items.Add(item);

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var item in _items)
        {
            await socket.SendAsync(item.Json, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancellationToken).ConfigureAwait(false);
        }

        _items.Clear();
    }
}
