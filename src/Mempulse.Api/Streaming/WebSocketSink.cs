using System.Net.WebSockets;

namespace Mempulse.Api.Streaming;

/// <summary>Sends items over a WebSocket: each is a text message with the JSON of the item.</summary>
/// <param name="socket">The socket.</param>
/// <param name="cut">Ends a send that is under way; the socket is aborted then.</param>
internal sealed class WebSocketSink(WebSocket socket, CancellationToken cut) : IStreamSink
{
    private readonly List<StreamItem> _items = [];

    /// <inheritdoc/>
    public void Write(StreamItem item) => _items.Add(item);

    /// <inheritdoc/>
    public async Task FlushAsync()
    {
        foreach (var item in _items)
        {
            await socket.SendAsync(item.Json, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cut).ConfigureAwait(false);
        }

        _items.Clear();
    }
}
