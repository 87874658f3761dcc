using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Mempulse.Tracing.Tests.Receiving;

/// <summary>A collector on loopback: protobuf over HTTP on one port and over gRPC on another.</summary>
internal sealed class SpanReceiver : IAsyncDisposable
{
    private const int FrameHeaderBytes = 5;
    private const string GrpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly Lock _lock = new();
    private readonly List<ReceivedSpan> _spans = [];
    private readonly WebApplication _app;
    private int _requests;

    private SpanReceiver(WebApplication app) => _app = app;

    /// <summary>What answers a request with its number, from 1; null takes it.</summary>
    public Func<int, HttpContext, Task<int?>> Answer { get; set; } = static (_, _) => Task.FromResult<int?>(null);

    /// <summary>The body of answers.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>Called with each span that is taken, before it is kept; false drops it.</summary>
    public Func<ReceivedSpan, bool> Keeps { get; set; } = static _ => true;

    public int Requests => Volatile.Read(ref _requests);

    public SortedDictionary<string, string> Resource { get; private set; } = [];

    public string Header { get; private set; } = string.Empty;

    public string Http => _app.Urls.First();

    public string Grpc => _app.Urls.Last();

    public IReadOnlyList<ReceivedSpan> Spans
    {
        get
        {
            lock (_lock)
            {
                return [.. _spans];
            }
        }
    }

    public static async Task<SpanReceiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(System.Net.IPAddress.Loopback, port, static http => http.Protocols = HttpProtocols.Http1);
            server.Listen(System.Net.IPAddress.Loopback, 0, static grpc => grpc.Protocols = HttpProtocols.Http2);
        });
        var receiver = new SpanReceiver(builder.Build());
        receiver._app.MapPost("/v1/traces", receiver.TakeAsync);
        receiver._app.MapPost(GrpcPath, receiver.TakeFramedAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token); // a request that hangs is cut
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        byte[] body = await BodyOfAsync(context);
        if (await Answer(Interlocked.Increment(ref _requests), context) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        Keep(body, context);
        context.Response.ContentType = "application/x-protobuf";
        await context.Response.Body.WriteAsync(Body);
    }

    private async Task TakeFramedAsync(HttpContext context)
    {
        byte[] body = await BodyOfAsync(context);
        context.Response.ContentType = "application/grpc";
        int? status = await Answer(Interlocked.Increment(ref _requests), context);
        if (status is null)
        {
            Keep(body[FrameHeaderBytes..], context);
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, (byte)Body.Length }.Concat(Body).ToArray());
        }

        context.Response.AppendTrailer("grpc-status", $"{status ?? 0}");
    }

    private static async Task<byte[]> BodyOfAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    private void Keep(byte[] request, HttpContext context)
    {
        var (spans, resource) = ReceivedSpan.ReadRequest(request);
        lock (_lock)
        {
            _spans.AddRange(spans.Where(Keeps));
            Resource = resource;
            Header = context.Request.Headers["x-key"].ToString();
        }
    }
}
