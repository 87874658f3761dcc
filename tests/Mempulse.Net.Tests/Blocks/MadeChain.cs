using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Net.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Empty blocks with valid hashes on several branches, and a node that shows one branch or another.</summary>
internal sealed class MadeChain
{
    private const string EmptyRoot = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

    private readonly ConcurrentDictionary<string, JsonObject> _blocks = new();
    private readonly ConcurrentDictionary<string, bool> _fetched = new();
    private JsonObject _shown = [];
    private Func<bool> _isFollowed = static () => true;

    /// <summary>The node's latest block on each of its polls, if a test scripts them; otherwise the block of <see cref="Show"/>.</summary>
    public Func<int, JsonObject>? Polls { get; set; }

    /// <summary>Polls of the head so far, where all polls before the first recorded block count as one (<see cref="HoldUntilFollowed"/>).</summary>
    public int PollCount { get; private set; }

    /// <summary>Hashes that the node does not return by hash.</summary>
    public ConcurrentDictionary<string, bool> Missing { get; } = new();

    public static string HashOf(JsonObject block) => block["hash"]!.GetValue<string>();

    public static ulong NumberOf(JsonObject block) => Convert.ToUInt64(block["number"]!.GetValue<string>(), 16);

    public static Hash256 IdOf(JsonObject block) => Hash256.Parse(HashOf(block));

    public static SeenBlock Seen(JsonObject block) => new(new BlockNumber(NumberOf(block)), IdOf(block), Hash256.Parse(block["parentHash"]!.GetValue<string>()));

    /// <summary>Builds blocks on top of a block, or from height 0; the branch name makes their hashes unique.</summary>
    public List<JsonObject> Build(JsonObject? parent, int count, string branch)
    {
        var built = new List<JsonObject>();
        for (int i = 0; i < count; i++)
        {
            ulong number = parent is null ? 0 : NumberOf(parent) + 1;
            var block = RealBlocks.Last.DeepClone().AsObject();
            block["number"] = RpcHex.Quantity(number);
            block["parentHash"] = parent is null ? "0x" + new string('0', 64) : HashOf(parent);
            block["timestamp"] = RpcHex.Quantity(1_700_000_000 + (12 * number));
            block["extraData"] = "0x" + Convert.ToHexString(Encoding.ASCII.GetBytes(branch));
            block["transactions"] = new JsonArray();
            block["transactionsRoot"] = EmptyRoot;
            Assert.True(RpcBlockReader.TryRead(JsonSerializer.SerializeToElement(block), out var read, out _));
            block["hash"] = read.Header.ComputeHash().ToString();
            _blocks[HashOf(block)] = block;
            built.Add(block);
            parent = block;
        }

        return built;
    }

    /// <summary>True once the node was asked for a block by its hash.</summary>
    public bool WasFetched(JsonObject block) => _fetched.ContainsKey(HashOf(block));

    /// <summary>Stays at the first poll until the sink has a block.</summary>
    /// <remarks>Polls do not wait for the follower's loop: on a loaded machine a script would otherwise leave its first head before it was recorded.</remarks>
    public void HoldUntilFollowed(RecordingSink sink) => _isFollowed = () => sink.Events().OfType<LogEvent.BlockObserved>().Any();

    /// <summary>Makes a block the node's head.</summary>
    public void Show(JsonObject head) => Volatile.Write(ref _shown, head);

    /// <summary>Answers as a node of this chain. Blocks that it has left remain available by hash.</summary>
    public string? Answer(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "eth_getBlockByNumber" when parameters[0].GetString() == "latest":
                PollCount = PollCount > 0 && !_isFollowed() ? PollCount : PollCount + 1;
                if (Polls is { } polls)
                {
                    Show(polls(PollCount));
                }

                return Volatile.Read(ref _shown).ToJsonString();
            case "eth_getBlockByNumber":
                return At(Convert.ToUInt64(parameters[0].GetString(), 16))?.ToJsonString() ?? "null";
            case "eth_getBlockByHash":
                string hash = parameters[0].GetString()!;
                _fetched[hash] = true;
                return !Missing.ContainsKey(hash) && _blocks.TryGetValue(hash, out var block) ? block.ToJsonString() : "null";
            case "eth_syncing":
                return "false";
            default:
                return ScriptedNode.Honest(method);
        }
    }

    private JsonObject? At(ulong number)
    {
        var block = Volatile.Read(ref _shown);
        while (NumberOf(block) > number)
        {
            block = _blocks[block["parentHash"]!.GetValue<string>()];
        }

        return NumberOf(block) == number ? block : null;
    }
}
