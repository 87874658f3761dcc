using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mempulse.Net.Tests.Hostile;

/// <summary>A WebSocket server on loopback that answers and misbehaves as a test scripts it, down to single bytes on the wire.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    /// <summary>A result: the node does not have the method.</summary>
    public const string Unsupported = """{"code":-32601,"message":"the method does not exist"}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    public ScriptedNode()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"ws://user:secret@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v3/key-in-path";

    /// <summary>The result of a method as JSON, or null for no answer; the default is an empty node of chain 1.</summary>
    public Func<string, JsonElement, string?> Result { get; set; } = static (method, _) => Honest(method);

    /// <summary>Runs on the connection after each subscription.</summary>
    public Func<int, Wire, Task> AfterSubscribe { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>False to accept connections and send nothing, not even HTTP.</summary>
    public bool ShakesHands { get; set; } = true;

    public int Subscriptions { get; private set; }

    public static string? Honest(string method) => method switch
    {
        "eth_chainId" or "eth_blockNumber" => "\"0x1\"",
        "web3_clientVersion" => "\"scripted\"",
        "eth_subscribe" => "\"0xabc\"",
        "txpool_content" => "{}",
        "eth_getTransactionCount" => "\"0x0\"",
        _ => "null",
    };

    public static string Notification(string result) =>
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0xabc\",\"result\":" + result + "}}";

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _listener.Dispose();
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _connections.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            // Also ends reads and writes that take no token: a stopping node leaves nothing hanging.
            await using var ending = _stop.Token.UnsafeRegister(static open => ((TcpClient)open!).Close(), client);
            var stream = client.GetStream();
            if (!ShakesHands)
            {
                await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
            }

            await ShakeHandsAsync(stream);
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            var wire = new Wire(stream, socket);
            byte[] buffer = new byte[1 << 20];
            while (true)
            {
                int length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                await AnswerAsync(wire, buffer.AsMemory(0, length));
            }
        }
    }

    private async Task AnswerAsync(Wire wire, ReadOnlyMemory<byte> message)
    {
        using var request = JsonDocument.Parse(message);
        bool isBatch = request.RootElement.ValueKind == JsonValueKind.Array;
        var calls = isBatch ? request.RootElement.EnumerateArray().ToList() : [request.RootElement];
        var answers = new List<string>();
        bool isSubscription = false;
        foreach (var call in calls)
        {
            string method = call.GetProperty("method").GetString()!;
            isSubscription |= method == "eth_subscribe";
            if (Result(method, call.GetProperty("params")) is { } result)
            {
                string member = result == Unsupported ? $"\"error\":{Unsupported}" : $"\"result\":{result}";
                answers.Add($"{{\"jsonrpc\":\"2.0\",\"id\":{call.GetProperty("id").GetRawText()},{member}}}");
            }
        }

        if (answers.Count > 0)
        {
            await wire.TextAsync(isBatch ? $"[{string.Join(',', answers)}]" : answers[0]);
        }

        if (isSubscription)
        {
            Subscriptions++;
            await AfterSubscribe(Subscriptions, wire);
        }
    }

    private static async Task ShakeHandsAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        byte[] one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(one));
            request.Append((char)one[0]);
        }

        string key = request.ToString().Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();

        // RFC 6455, section 4.2.2.
        byte[] digest = CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        string accept = Convert.ToBase64String(digest);
        string answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    /// <summary>One connection, for messages or raw bytes.</summary>
    internal sealed class Wire(NetworkStream stream, WebSocket socket)
    {
        public async Task TextAsync(string text) =>
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        public async Task MessageAsync(byte[] bytes, WebSocketMessageType type, bool isEnd = true) =>
            await socket.SendAsync(bytes, type, isEnd, CancellationToken.None);

        public async Task BytesAsync(byte[] bytes) => await stream.WriteAsync(bytes);

        public void Cut() => stream.Close();
    }
}
