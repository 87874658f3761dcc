using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MessagePack;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Dashboards;

/// <summary>A viewer of the dashboard without a browser: it opens a page and its circuit, confirms every update as blazor.web.js does, and counts what it received.</summary>
/// <remarks>It draws nothing, so that fifty of them leave the processor to the node. The list of the pool gets the height of a window of 900 pixels.</remarks>
internal sealed partial class CircuitViewer(Uri node) : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;
    private const int ListHeight = 420;

    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SocketsHttpHandler _handler = new();
    private HttpMessageInvoker? _invoker;
    private long _wireBytes;

    /// <summary>Bytes received since the circuit began, as they were on the wire.</summary>
    public long WireBytes => Volatile.Read(ref _wireBytes);

    /// <summary>Updates of the page.</summary>
    public long Batches { get; private set; }

    /// <summary>Bytes of the updates and of what charts were given, before compression.</summary>
    public long PlainBytes { get; private set; }

    /// <summary>Frames that charts were given.</summary>
    public long Drawn { get; private set; }

    /// <summary>Bytes of the page.</summary>
    public int PageBytes { get; private set; }

    /// <summary>Opens the page and its circuit.</summary>
    public async Task OpenAsync(string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = node };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        string page = await client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        PageBytes = Encoding.UTF8.GetByteCount(page);
        var markers = new JsonArray([.. Marker().Matches(page).Select(static marker => JsonNode.Parse(marker.Groups[1].Value)!).Where(static marker => marker["descriptor"] is not null)]);
        string state = State().Match(page).Groups[1].Value;
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(HubMessages.Call("0", "StartCircuit", node.ToString(), new Uri(node, path).ToString(), markers.ToJsonString(), state), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads and answers until it is cancelled.</summary>
    /// <exception cref="InvalidOperationException">The node ended the circuit.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var alive = KeepAliveAsync(cancellationToken);
        while (true)
        {
            var read = await _socket.ReceiveAsync(pipe.Writer.GetMemory(64 << 10), cancellationToken).ConfigureAwait(false);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException("The node closed the circuit.");
            }

            pipe.Writer.Advance(read.Count);
            await pipe.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (pipe.Reader.TryRead(out var received))
            {
                var left = received.Buffer;
                while (HubMessages.TryTake(ref left, out var message))
                {
                    await TakeAsync(message, cancellationToken).ConfigureAwait(false);
                }

                pipe.Reader.AdvanceTo(left.Start, left.End);
            }

            Invariant.That(!alive.IsFaulted, "bench", "the circuit is kept alive");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _invoker?.Dispose();
        _handler.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex State();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _handler.ConnectCallback = async (context, cancelled) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancelled).ConfigureAwait(false);
            return new CountedStream(new NetworkStream(socket, ownsSocket: true), read => Interlocked.Add(ref _wireBytes, read));
        };
        _invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
        _socket.Options.SetRequestHeader("Origin", node.GetLeftPart(UriPartial.Authority));
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        await _socket.ConnectAsync(new UriBuilder(node) { Scheme = "ws", Path = "/_blazor" }.Uri, _invoker, cancellationToken).ConfigureAwait(false);
        await _socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e").AsMemory(), WebSocketMessageType.Text, true, cancellationToken).ConfigureAwait(false);
        byte[] answer = new byte[1];
        while (answer[0] != RecordSeparator)
        {
            await _socket.ReceiveAsync(answer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        Interlocked.Exchange(ref _wireBytes, 0);
    }

    private async Task TakeAsync(ReadOnlySequence<byte> message, CancellationToken cancellationToken)
    {
        if (Read(message) is { } answer)
        {
            await SendAsync(answer, cancellationToken).ConfigureAwait(false);
        }
    }

    private byte[]? Read(ReadOnlySequence<byte> message)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayHeader();
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        reader.Skip();
        reader.Skip();
        string target = reader.ReadString()!;
        reader.ReadArrayHeader();
        switch (target)
        {
            case "JS.RenderBatch":
                long batch = reader.ReadInt64();
                (Batches, PlainBytes) = (Batches + 1, PlainBytes + message.Length);
                return HubMessages.Call(null, "OnRenderCompleted", batch, null);
            case "JS.BeginInvokeJS":
                return Answer(reader.ReadInt64(), reader.ReadString()!, reader.ReadString() ?? "[]");
            case "JS.ReceiveByteArray":
                PlainBytes += message.Length;
                return null;
            case "JS.Error":
                throw new InvalidOperationException($"The circuit failed: {reader.ReadString()}");
            default:
                return null;
        }
    }

    private byte[] Answer(long call, string method, string arguments)
    {
        Drawn += method == "mempulse.draw" ? 1 : 0;
        string result = method == "mempulse.draw" ? "true" : "null";
        byte[] answer = HubMessages.Call(null, "EndInvokeJSFromDotNet", call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,{result}]"));
        return method.EndsWith("Virtualize.init", StringComparison.Ordinal) && JsonNode.Parse(arguments)?[0]?["__dotNetObject"]?.GetValue<long>() is { } list
            ? [.. answer, .. HubMessages.Call(null, "BeginInvokeDotNetFromJS", "1", null, "OnSpacerBeforeVisible", list, string.Create(CultureInfo.InvariantCulture, $"[0,0,{ListHeight}]"))]
            : answer;
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_keepAlive);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await SendAsync(HubMessages.Alive, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }
}
