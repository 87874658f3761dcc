using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Mempulse.Testing.Nodes;

namespace Mempulse.Testing.Anvil;

/// <summary>A JSON-RPC server on loopback that forwards calls to a node and lets a test change the answers: a node that lies.</summary>
/// <remarks>Answers one message at a time. It keeps its port from the start, and a failed message costs its connection only.</remarks>
public sealed class ForwardingNode : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Uri _target;
    private readonly Task _accepting;
    private int _calls;

    /// <summary>Starts a server that forwards calls to <paramref name="target"/>.</summary>
    public ForwardingNode(string target)
    {
        _target = new Uri(target);
        _listener.Start();
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>The address it listens on.</summary>
    public string Address { get; }

    /// <summary>Messages received so far; a batch is one message.</summary>
    public int Messages => Volatile.Read(ref _calls);

    /// <summary>Takes a method, its parameters and the node's whole answer, and returns the answer to send. An <see cref="IOException"/> drops the connection.</summary>
    public Func<string, JsonArray, JsonObject, JsonObject> Change { get; set; } = static (_, _, answer) => answer;

    /// <summary>True to refuse batches as some gateways do, with one error for all calls.</summary>
    public bool RefusesBatches { get; set; }

    /// <summary>The error answer for an unknown method.</summary>
    public static JsonObject Unsupported(JsonObject answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = answer["id"]?.DeepClone(),
            ["error"] = new JsonObject { ["code"] = -32601, ["message"] = "the method does not exist" },
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _one.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (await HttpMessage.ReadHeadAsync(stream, _stop.Token) is { } head)
            {
                byte[] request = await HttpMessage.ReadBodyAsync(stream, head, _stop.Token);
                await HttpMessage.WriteAsync(stream, 200, null, await AnswerAsync(request), _stop.Token);
            }
        }
    }

    private async Task<string> AnswerAsync(byte[] message)
    {
        await _one.WaitAsync(_stop.Token);
        try
        {
            Interlocked.Increment(ref _calls);
            var request = JsonNode.Parse(message)!;
            JsonNode answer = request is JsonArray batch ? await AnswerBatchAsync(batch) : await AnswerOneAsync(request.AsObject());
            return answer.ToJsonString();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<JsonNode> AnswerBatchAsync(JsonArray batch)
    {
        if (RefusesBatches)
        {
            return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = null, ["error"] = new JsonObject { ["code"] = -32600, ["message"] = "batches are not taken" } };
        }

        var answers = new JsonArray();
        foreach (var call in batch)
        {
            answers.Add((JsonNode)await AnswerOneAsync(call!.AsObject()));
        }

        return answers;
    }

    private async Task<JsonObject> AnswerOneAsync(JsonObject call)
    {
        using var response = await _client.PostAsJsonAsync(_target, call, _stop.Token);
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>(_stop.Token))!.AsObject();
        return Change((string)call["method"]!, call["params"]!.AsArray(), answer);
    }
}
