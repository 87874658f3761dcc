using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Nodes;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>A node with one fault in front of a real one, for one lane. It announces what the run announces.</summary>
internal sealed class FaultyNode : IAsyncDisposable
{
    private readonly ScriptedNode _node;
    private readonly NodeFault _fault;
    private readonly Uri _target;
    private readonly HttpClient _client = new();
    private readonly ConcurrentDictionary<string, int> _calls = [];
    private readonly ConcurrentQueue<NodeWire> _wires = [];

    public FaultyNode(NodeFault fault, AnvilNode anvil)
    {
        _fault = fault;
        _target = new Uri(anvil.HttpAddress);
        _node = new ScriptedNode
        {
            Script = fault.Script,
            Result = Forward,
            AfterSubscribe = (_, wire) =>
            {
                _wires.Enqueue(wire);
                return Task.CompletedTask;
            },
        };
    }

    public string Address => _node.Address;

    /// <summary>False to accept connections and send nothing.</summary>
    public bool IsOpen
    {
        get => _node.ShakesHands;
        set => _node.ShakesHands = value;
    }

    /// <summary>Sends notifications to every subscriber, and the noise of the fault.</summary>
    public async Task AnnounceAsync(IReadOnlyList<string> results)
    {
        foreach (var wire in _wires)
        {
            try
            {
                foreach (string message in (IEnumerable<string>)[.. _fault.IsMute ? [] : results.Select(Notification), .. _fault.Noise])
                {
                    await wire.TextAsync(message).ConfigureAwait(false);
                }
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException or System.Net.WebSockets.WebSocketException)
            {
                // The subscriber has left.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private string Notification(string result) =>
        $"{{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{{\"subscription\":{_fault.NotifiedId},\"result\":{result}}}}}";

    private string? Forward(string method, JsonElement parameters)
    {
        if (method == "eth_subscribe")
        {
            return _fault.Script.SubscriptionId;
        }

        var answer = Ask(method, parameters.GetRawText());
        bool isLatest = method == "eth_getBlockByNumber" && parameters[0].ValueEquals("latest");
        string key = isLatest ? $"{method} latest" : method;
        int count = _calls.AddOrUpdate(key, 1, static (_, before) => before + 1);
        string? changed = _fault.Change(key, count, answer);
        if (changed is not null || !isLatest)
        {
            return changed;
        }

        ulong height = Convert.ToUInt64(answer.GetProperty("number").GetString(), 16);
        return Ask(method, $"[\"0x{Math.Max(height, 1) - 1:x}\",false]").GetRawText();
    }

    private JsonElement Ask(string method, string parameters)
    {
        using var content = new StringContent($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":{parameters}}}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = content };
        using var response = _client.Send(request);
        using var document = JsonDocument.Parse(response.Content.ReadAsStream());
        return document.RootElement.TryGetProperty("result", out var result) ? result.Clone() : JsonDocument.Parse("null").RootElement;
    }
}
