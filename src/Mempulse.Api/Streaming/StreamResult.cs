using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mempulse.Api.Streaming;

/// <summary>A stream as the answer to a request: server-sent events, or a WebSocket where the request opens one.</summary>
internal sealed class StreamResult(StreamReaders readers, StreamRequest request) : IResult
{
    /// <summary>Bytes of a message of a reader, which has nothing to say.</summary>
    private const int MessageBytes = 128;

    /// <summary>How long a reader may take to hear that the stream ends.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await (httpContext.WebSockets.IsWebSocketRequest ? ConverseAsync(httpContext, end) : SendAsync(httpContext, end.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The reader left, or the service stops.
        }
    }

    private Task SendAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies must not collect it
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null; // a slow reader misses events and is told so; it is not cut off
        }

        return readers.ServeAsync(request, new EventSourceSink(context.Response.BodyWriter), cancellationToken);
    }

    private async Task ConverseAsync(HttpContext context, CancellationTokenSource end)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        await ConverseAsync(socket, context.RequestServices.GetRequiredService<TimeProvider>(), end).ConfigureAwait(false);
    }

    private async Task ConverseAsync(WebSocket socket, TimeProvider time, CancellationTokenSource end)
    {
        var listening = ListenAsync(socket, end);
        try
        {
            await readers.ServeAsync(request, new WebSocketSink(socket), end.Token).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            // The connection broke.
        }
        finally
        {
            await CloseAsync(socket, listening, time).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the reader closes its side, or sends something: the stream accepts no messages, so it ends then too.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource end)
    {
        try
        {
            await socket.ReceiveAsync(new byte[MessageBytes].AsMemory(), end.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The stream ended first, or the connection broke.
        }

        await end.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Tells the reader that the stream ends, and waits a little for its answer: a socket that is cut off loses what is on its way.</summary>
    private static async Task CloseAsync(WebSocket socket, Task listening, TimeProvider time)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var patience = new CancellationTokenSource(_patience, time);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
            await listening.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // It is gone already, or does not answer.
        }
    }
}
