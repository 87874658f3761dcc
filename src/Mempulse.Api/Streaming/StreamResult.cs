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
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);

        // A send that is cut off breaks the connection, and what is on its way is lost: one that has begun may take a little longer than the stream.
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var ending = end.Token.UnsafeRegister(static late => ((CancellationTokenSource)late!).CancelAfter(_patience), cut);
        try
        {
            await (httpContext.WebSockets.IsWebSocketRequest ? ConverseAsync(httpContext, time, end, cut.Token) : SendAsync(httpContext, end.Token, cut.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The reader left, or the service stops.
        }
    }

    private Task SendAsync(HttpContext context, CancellationToken end, CancellationToken cut)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies must not collect it
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null; // a slow reader misses events and is told so; it is not cut off
        }

        return readers.ServeAsync(request, new EventSourceSink(context.Response.BodyWriter, cut), end);
    }

    private async Task ConverseAsync(HttpContext context, TimeProvider time, CancellationTokenSource end, CancellationToken cut)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        await ConverseAsync(socket, time, end, cut).ConfigureAwait(false);
    }

    private async Task ConverseAsync(WebSocket socket, TimeProvider time, CancellationTokenSource end, CancellationToken cut)
    {
        var listening = ListenAsync(socket, end, cut);
        try
        {
            await readers.ServeAsync(request, new WebSocketSink(socket, cut), end.Token).ConfigureAwait(false);
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
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource end, CancellationToken cut)
    {
        try
        {
            await socket.ReceiveAsync(new byte[MessageBytes].AsMemory(), cut).ConfigureAwait(false);
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
