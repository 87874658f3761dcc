using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>A transaction that a node no longer has is on record; one that it only does not list is not.</summary>
public sealed class PoolDeparturesTests
{
    private const string Account = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const string Other = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    private const string Nobody = """{"pending":{},"queued":{}}""";

    private static readonly JsonObject s_transaction = RealBlocks.Last["transactions"]![0]!.AsObject();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_that_is_dropped_leaves_once_and_returns_when_it_is_sent_again()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, RpcEndpoint.Parse("a", node.WebSocketAddress, node.HttpAddress));
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].IsConnected, "connected");
        string hash = await SendAsync(node, 0);
        string kept = await SendAsync(node, 1);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Count() == 2, "both seen");
        string raw = (await node.CallAsync("eth_getRawTransactionByHash", Cancelled, hash)).GetString()!;

        await node.CallAsync("anvil_dropTransaction", Cancelled, hash);
        await Until.TrueAsync(() => Left(sink).Count == 1, "left");
        await node.CallAsync("eth_sendRawTransaction", Cancelled, raw);
        await Until.TrueAsync(() => sink.Events().SkipWhile(fact => fact is not LogEvent.TxLeft).OfType<LogEvent.TxSeen>().Any(), "seen again");
        await lane.StopAsync(Cancelled);

        Assert.Equal([Hash256.Parse(hash)], Left(sink));
        Assert.DoesNotContain(Hash256.Parse(kept), Left(sink));
    }

    [Fact]
    public async Task A_transaction_that_left_while_the_lane_was_stopped_is_found_after_the_restart()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        string gone = await SendAsync(node, 0);
        string kept = await SendAsync(node, 1);
        string mined = await SendAsync(node, 0, Other);
        await node.CallAsync("anvil_dropTransaction", Cancelled, gone);
        await node.CallAsync("anvil_dropTransaction", Cancelled, kept);
        await node.CallAsync("anvil_mine", Cancelled, "0x1");
        kept = await SendAsync(node, 1);
        var sink = new RecordingSink();
        var endpoint = RpcEndpoint.Parse("a", node.WebSocketAddress, node.HttpAddress);

        await using var lane = NewLane(sink, endpoint, [Hash256.Parse(gone), Hash256.Parse(kept), Hash256.Parse(mined)]);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => Left(sink).Count > 0, "left");
        await lane.StopAsync(Cancelled);

        Assert.Equal([Hash256.Parse(gone)], Left(sink));
    }

    [Fact]
    public async Task A_transaction_that_does_not_return_to_the_pool_after_a_reorg_leaves()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        await node.CallAsync("anvil_mine", Cancelled, "0x3");
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, RpcEndpoint.Parse("a", node.WebSocketAddress, node.HttpAddress));
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].IsConnected, "connected");
        string hash = await SendAsync(node, 0);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(), "seen");
        await node.CallAsync("anvil_mine", Cancelled, "0x1");

        // A later transaction that is mined and not claimed shows that the first one was looked up in its block.
        string second = await SendAsync(node, 1);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Count() == 2, "both seen");
        await node.CallAsync("anvil_dropTransaction", Cancelled, second);
        await Until.TrueAsync(() => Left(sink).Count == 1, "the second one left");
        Assert.Equal([Hash256.Parse(second)], Left(sink));

        await node.CallAsync("anvil_reorg", Cancelled, 1, new JsonArray());

        await Until.TrueAsync(() => Left(sink).Count == 2, "the reorged one left");
        await lane.StopAsync(Cancelled);
        Assert.Equal([Hash256.Parse(second), Hash256.Parse(hash)], Left(sink));
    }

    /// <summary>After a rollback the node has no block at the old height, possibly for ever.</summary>
    [Fact]
    public async Task A_transaction_that_does_not_return_to_the_pool_after_a_rollback_leaves_without_a_new_block()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        await node.CallAsync("anvil_mine", Cancelled, "0x3");
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, RpcEndpoint.Parse("a", node.WebSocketAddress, node.HttpAddress));
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].IsConnected, "connected");
        string hash = await SendAsync(node, 0);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(), "seen");
        await node.CallAsync("anvil_mine", Cancelled, "0x1");
        string second = await SendAsync(node, 1);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Count() == 2, "both seen");
        await node.CallAsync("anvil_dropTransaction", Cancelled, second);
        await Until.TrueAsync(() => Left(sink).Count == 1, "the second one left, so the first one was looked up in its block");

        await node.CallAsync("anvil_rollback", Cancelled, 1);

        await Until.TrueAsync(() => Left(sink).Count == 2, "the one of the removed block left");
        await lane.StopAsync(Cancelled);
        Assert.Equal([Hash256.Parse(second), Hash256.Parse(hash)], Left(sink));
    }

    /// <summary>What a node says about its pool, about the transaction by hash, and whether it is syncing; and whether the transaction left.</summary>
    public static TheoryData<string, string, string, string, bool> Answers => new()
    {
        { "gone", Nobody, "null", "false", true },
        { "gone, and the pool is hidden", ScriptedNode.Unsupported, "null", "false", true },
        { "gone, and eth_syncing is not offered", Nobody, "null", ScriptedNode.Unsupported, true },
        { "not listed in a truncated answer", Nobody, "pending", "false", false },
        { "mined", Nobody, "mined", "false", false },
        { "mined, and the pool is hidden", ScriptedNode.Unsupported, "mined", "false", false },
        { "look-ups are refused", Nobody, ScriptedNode.Unsupported, "false", false },
        { "the node is syncing", Nobody, "null", """{"currentBlock":"0x1"}""", false },
        { "an answer that says nothing about the pool", "{}", "null", "false", false },
        { "no answer about the pool", "null", "null", "false", false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_transaction_leaves_only_when_the_node_does_not_find_it(string kind, string pool, string byHash, string syncing, bool leaves)
    {
        int rounds = 0;
        bool isListed = true;
        string hash = s_transaction["hash"]!.GetValue<string>();
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) =>
            {
                switch (method)
                {
                    case "txpool_content":
                        rounds++;
                        return Volatile.Read(ref isListed) ? Listing() : pool;
                    case "eth_getBlockByNumber" when parameters[0].GetString() == "pending":
                        rounds++;
                        return """{"transactions":[]}""";
                    case "eth_getBlockByNumber":
                        return RealBlocks.Last.ToJsonString();
                    case "eth_getTransactionByHash":
                        return byHash switch { "pending" => Pending().ToJsonString(), "mined" => s_transaction.ToJsonString(), var literal => literal };
                    case "eth_syncing":
                        return syncing;
                    default:
                        return ScriptedNode.Honest(method);
                }
            },
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, RpcEndpoint.Parse("scripted", node.Address, node.HttpAddress));
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Any(seen => seen.Hash == Hash256.Parse(hash)), "listed");

        Volatile.Write(ref isListed, false);
        int before = Volatile.Read(ref rounds);
        await Until.TrueAsync(() => Volatile.Read(ref rounds) > before + 8 && (!leaves || Left(sink).Count > 0), kind);
        await lane.StopAsync(Cancelled);

        Assert.Equal(leaves ? [Hash256.Parse(hash)] : [], Left(sink));
    }

    private static string Listing() => new JsonObject
    {
        ["pending"] = new JsonObject { [s_transaction["from"]!.GetValue<string>()] = new JsonObject { ["1"] = Pending() } },
        ["queued"] = new JsonObject(),
    }.ToJsonString();

    private static JsonObject Pending()
    {
        var pending = s_transaction.DeepClone().AsObject();
        pending["blockHash"] = null;
        pending["blockNumber"] = null;
        return pending;
    }

    private static List<Hash256> Left(RecordingSink sink) => [.. sink.Events().OfType<LogEvent.TxLeft>().Select(left => left.Hash)];

    private static async Task<string> SendAsync(AnvilNode node, int nonce, string from = Account) => (await node.CallAsync("eth_sendTransaction", Cancelled, new JsonObject
    {
        ["from"] = from,
        ["to"] = Other,
        ["value"] = "0x1",
        ["gas"] = "0x5208",
        ["nonce"] = $"0x{nonce:x}",
    })).GetString()!;

    private static RpcLane NewLane(RecordingSink sink, RpcEndpoint endpoint, params IReadOnlyList<Hash256> resumeFrom)
    {
        var options = new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [endpoint],
            ResumeFrom = new Dictionary<SourceId, IReadOnlyList<Hash256>> { [SourceId.Of(endpoint.Name)] = resumeFrom },
            ReconcileInterval = TimeSpan.FromMilliseconds(20),
            Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
        };
        return new RpcLane(options, new DecodedBodies(options.Pipeline.RecentBodies), sink, TimeProvider.System);
    }
}
