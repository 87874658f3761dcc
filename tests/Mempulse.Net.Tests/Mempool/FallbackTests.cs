using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Blocks;
using Mempulse.Testing.Nodes;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>The lane with nodes that lack some methods, on real transactions.</summary>
public sealed class FallbackTests
{
    private static readonly JsonArray s_transactions = RealBlocks.Last["transactions"]!.AsArray();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_without_raw_bodies_is_asked_for_transaction_objects()
    {
        await using var node = new ScriptedNode
        {
            Result = static (method, parameters) => method switch
            {
                "eth_getRawTransactionByHash" => ScriptedNode.Unsupported,
                "eth_getTransactionByHash" => s_transactions.Single(tx => HashOf(tx) == Hash256.Parse(parameters[0].GetString()!))!.ToJsonString(),
                _ => ScriptedNode.Honest(method),
            },
            AfterSubscribe = static (_, wire) => wire.TextAsync(ScriptedNode.Notification($"\"{HashOf(s_transactions[0])}\"")),
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, EndpointOf(node));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(tx => tx.Hash == HashOf(s_transactions[0])), "decoded");

        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_node_that_hides_its_pool_is_compared_with_its_pending_block()
    {
        await using var node = new ScriptedNode
        {
            Result = static (method, parameters) => method switch
            {
                "txpool_content" => ScriptedNode.Unsupported,
                "eth_getBlockByNumber" when parameters[0].GetString() == "pending" => $"{{\"transactions\":[\"{HashOf(s_transactions[1])}\"]}}",
                _ => ScriptedNode.Honest(method),
            },
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, EndpointOf(node));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Any(), "seen");

        var seen = sink.Events().OfType<LogEvent.TxSeen>().First();
        Assert.Equal((HashOf(s_transactions[1]), SightingVia.PoolSnapshot), (seen.Hash, seen.Via));
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_subscription_that_is_silent_while_the_pool_grows_is_lost_and_renewed()
    {
        int pools = 0;
        await using var node = new ScriptedNode();
        node.Result = (method, _) => method == "txpool_content" ? PoolOf(Interlocked.Increment(ref pools)) : ScriptedNode.Honest(method);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, EndpointOf(node));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => node.Subscriptions >= 2, "subscribed again");

        var lost = sink.Events().OfType<LogEvent.SourceLost>().First();
        Assert.Equal(SourceLossReason.Silent, lost.Reason);
        Assert.Contains("delivers nothing", lost.Detail, StringComparison.Ordinal);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Count() >= 3, "the transactions of the pool are still recorded");
        await lane.StopAsync(Cancelled);
    }

    private static Hash256 HashOf(JsonNode? transaction) => Hash256.Parse(transaction!["hash"]!.GetValue<string>());

    private static string PoolOf(int count)
    {
        var byNonce = new JsonObject();
        foreach (var tx in s_transactions.Take(count))
        {
            byNonce[HashOf(tx).ToString()] = tx!.DeepClone();
        }

        return new JsonObject { ["pending"] = new JsonObject { ["0x00"] = byNonce } }.ToJsonString();
    }

    private static RpcEndpoint EndpointOf(ScriptedNode node) => RpcEndpoint.Parse("node", node.Address);

    private static RpcLane NewLane(RecordingSink sink, RpcEndpoint endpoint) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [endpoint],
            ReconcileInterval = TimeSpan.FromMilliseconds(50),
            Pipeline = new IngestPipelineOptions(),
            Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);
}
