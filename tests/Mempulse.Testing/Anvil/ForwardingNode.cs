using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Testing.Anvil;

/// <summary>A JSON-RPC server on loopback that forwards calls to a node and lets a test change the answers: a node that lies.</summary>
public sealed class ForwardingNode : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();
    private readonly Uri _target;
    private readonly Task _serving;
    private int _calls;

    /// <summary>Starts a server that forwards calls to <paramref name="target"/>.</summary>
    public ForwardingNode(string target)
    {
        _target = new Uri(target);
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{AnvilNode.FreePort()}/");
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
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
        _listener.Abort();
        await _serving;
        _listener.Close();
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                try
                {
                    await AnswerAsync(context);
                }
                catch (IOException)
                {
                    context.Response.Abort();
                }
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The caller disconnected, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Interlocked.Increment(ref _calls);
        var request = (await JsonNode.ParseAsync(context.Request.InputStream))!;
        JsonNode answer = request is JsonArray batch ? await AnswerBatchAsync(batch) : await AnswerOneAsync(request.AsObject());
        byte[] body = System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
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
        using var response = await _client.PostAsJsonAsync(_target, call);
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!.AsObject();
        return Change((string)call["method"]!, call["params"]!.AsArray(), answer);
    }
}
