using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;

namespace Mempulse.Testing.Nodes;

/// <summary>A node on loopback, over WebSocket and HTTP on one port, that answers and misbehaves as a test scripts it, down to single bytes on the wire.</summary>
/// <remarks>A <see cref="Script"/> describes faults as data. <see cref="Result"/> answers what the script does not cover.</remarks>
public sealed class ScriptedNode : IAsyncDisposable
{
    /// <summary>A result: the node does not have the method.</summary>
    public const string Unsupported = """{"code":-32601,"message":"the method does not exist"}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly ConcurrentDictionary<string, int> _calls = [];
    private readonly Task _accepting;
    private int _subscriptions;
    private int _messages;
    private int _largestBatch;

    /// <summary>Starts a node, which listens on a free port.</summary>
    public ScriptedNode()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Its WebSocket address, with a password and a key that must not show up anywhere.</summary>
    public string Address => $"ws://user:secret@127.0.0.1:{Port}/v3/key-in-path";

    /// <summary>Its HTTP address.</summary>
    public string HttpAddress => $"http://127.0.0.1:{Port}/";

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The node's faults. May be replaced while the node runs.</summary>
    public NodeScript Script { get; set; } = NodeScript.Honest;

    /// <summary>The result of a method as JSON, or null for no answer; the default is an empty node of chain 1.</summary>
    public Func<string, JsonElement, string?> Result { get; set; } = static (method, _) => Honest(method);

    /// <summary>Runs on the connection after each subscription, with the number of subscriptions so far.</summary>
    public Func<int, NodeWire, Task> AfterSubscribe { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>False to accept connections and send nothing, not even HTTP.</summary>
    public bool ShakesHands { get; set; } = true;

    /// <summary>Subscriptions so far.</summary>
    public int Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Messages received so far; a batch is one message.</summary>
    public int Messages => Volatile.Read(ref _messages);

    /// <summary>Size of the largest batch received so far.</summary>
    public int LargestBatch => Volatile.Read(ref _largestBatch);

    /// <summary>Calls to a method so far, single and in batches.</summary>
    public int CallsTo(string method) => _calls.GetValueOrDefault(method);

    /// <summary>The result of a method on an empty node of chain 1.</summary>
    public static string? Honest(string method) => method switch
    {
        "eth_chainId" or "eth_blockNumber" => "\"0x1\"",
        "web3_clientVersion" => "\"scripted\"",
        "eth_subscribe" => "\"0xabc\"",
        "txpool_content" => "{}",
        "eth_getTransactionCount" => "\"0x0\"",
        _ => "null",
    };

    /// <summary>A notification of the subscription with the default id.</summary>
    public static string Notification(string result) =>
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0xabc\",\"result\":" + result + "}}";

    /// <summary>Stops the node.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _listener.Dispose();
    }

    /// <summary>Closes every connection; new ones are accepted.</summary>
    public void CutAll()
    {
        while (_clients.TryTake(out var client))
        {
            client.Close();
        }
    }

    /// <summary>Closes the port and every connection.</summary>
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
            _clients.Add(client);
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

            while (await HttpMessage.ReadHeadAsync(stream, _stop.Token) is { } head)
            {
                if (head.TryGetValue("Sec-WebSocket-Key", out string? key))
                {
                    await HttpMessage.UpgradeAsync(stream, key, _stop.Token);
                    await ServeSocketAsync(stream);
                    return;
                }

                byte[] body = await HttpMessage.ReadBodyAsync(stream, head, _stop.Token);
                switch (Answer(body).Reply)
                {
                    case NodeReply.Literal(var text):
                        await HttpMessage.WriteAsync(stream, 200, null, text, _stop.Token);
                        break;
                    case NodeReply.Status(var code, var retryAfter, var text):
                        await HttpMessage.WriteAsync(stream, code, retryAfter, text, _stop.Token);
                        break;
                    case NodeReply.Silence:
                        await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
                        break;
                    default:
                        return;
                }
            }
        }
    }

    private async Task ServeSocketAsync(NetworkStream stream)
    {
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var wire = new NodeWire(stream, socket);
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
            if (part.MessageType == WebSocketMessageType.Close || !await AnswerAsync(wire, buffer.AsMemory(0, length)))
            {
                return;
            }
        }
    }

    private async Task<bool> AnswerAsync(NodeWire wire, ReadOnlyMemory<byte> message)
    {
        var (reply, isSubscription) = Answer(message);
        var script = Script;
        foreach (string early in isSubscription ? script.BeforeSubscribed : [])
        {
            await wire.TextAsync(early);
        }

        if (reply is NodeReply.Literal(var text))
        {
            await wire.TextAsync(text);
        }
        else if (reply is not NodeReply.Silence)
        {
            wire.Cut();
            return false;
        }

        if (isSubscription)
        {
            int round = Interlocked.Increment(ref _subscriptions);
            foreach (string late in script.AfterSubscribed)
            {
                await wire.TextAsync(late);
            }

            await AfterSubscribe(round, wire);
        }

        return true;
    }

    /// <summary>Returns a whole message, a status, silence or a cut.</summary>
    private (NodeReply Reply, bool IsSubscription) Answer(ReadOnlyMemory<byte> message)
    {
        Interlocked.Increment(ref _messages);
        using var request = JsonDocument.Parse(message);
        if (request.RootElement.ValueKind != JsonValueKind.Array)
        {
            var call = request.RootElement;
            return (AnswerCall(call, isBatch: false), call.GetProperty("method").GetString() == "eth_subscribe");
        }

        var script = Script;
        int size = request.RootElement.GetArrayLength();
        InterlockedMax(ref _largestBatch, size);
        if (size > script.MaxBatch)
        {
            return (Complete("null", script.BatchRefusal, script), false);
        }

        var answers = new List<string>();
        foreach (var call in request.RootElement.EnumerateArray())
        {
            switch (AnswerCall(call, isBatch: true))
            {
                case NodeReply.Literal(var text):
                    answers.Add(text);
                    break;
                case NodeReply.Silence:
                    break;
                case var other:
                    return (other, false);
            }
        }

        if (script.IsBatchReversed)
        {
            answers.Reverse();
        }

        return (answers.Count > 0 ? new NodeReply.Literal($"[{string.Join(',', answers)}]") : new NodeReply.Silence(), false);
    }

    private NodeReply AnswerCall(JsonElement call, bool isBatch)
    {
        var script = Script;
        string method = call.GetProperty("method").GetString()!;
        var parameters = call.GetProperty("params");
        int count = _calls.AddOrUpdate(method, 1, static (_, before) => before + 1);
        var rule = script.Rules.FirstOrDefault(rule => rule.Matches(method, parameters.GetRawText(), count, isBatch));
        return Complete(call.GetProperty("id").GetRawText(), rule?.Reply ?? Default(script, method, parameters), script);
    }

    private NodeReply Default(NodeScript script, string method, JsonElement parameters) => Result(method, parameters) switch
    {
        null => new NodeReply.Silence(),
        Unsupported => new NodeReply.Refusal(-32601, "the method does not exist"),
        _ when method == "eth_subscribe" && script.SubscriptionId != NodeScript.Honest.SubscriptionId => new NodeReply.Result(script.SubscriptionId),
        var result => new NodeReply.Result(result),
    };

    private static NodeReply Complete(string id, NodeReply reply, NodeScript script)
    {
        string member;
        switch (reply)
        {
            case NodeReply.Result(var json):
                member = $"\"result\":{json}";
                break;
            case NodeReply.Refusal(var code, var message):
                member = $"\"error\":{{\"code\":{code},\"message\":{JsonSerializer.Serialize(message)}}}";
                break;
            default:
                return reply;
        }

        string written = id == "null" ? id : script.IdFormat.Replace("{0}", id, StringComparison.Ordinal);
        return new NodeReply.Literal($"{{\"jsonrpc\":\"2.0\",\"id\":{written},{member}}}");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var before && before != seen)
        {
            seen = before;
        }
    }
}
