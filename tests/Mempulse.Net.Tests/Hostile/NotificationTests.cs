using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Net.Tests.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Hostile;

/// <summary>No notification is lost in silence, and a source whose notifications cannot be read is not called silent.</summary>
public sealed class NotificationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1", "\"0x1\"")]
    [InlineData("\"0x01\"", "1")]
    [InlineData("\"0x1\"", "\"0x1\",\"chain\":{\"id\":1}")]
    public async Task A_transaction_is_seen_whatever_the_notation_of_the_id(string subscribed, string notified)
    {
        var tx = MadeTx.Plain(0);
        await using var node = new ScriptedNode { Script = new NodeScript { SubscriptionId = subscribed, AfterSubscribed = [Notification(notified, $"\"{tx.Hash}\"")] } };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node, TimeSpan.Zero);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Any(seen => seen.Hash == tx.Hash), "seen");

        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Several_transactions_in_one_notification_are_all_seen()
    {
        var (first, second) = (MadeTx.Plain(0), MadeTx.Plain(1));
        await using var node = new ScriptedNode { Script = new NodeScript { AfterSubscribed = [Notification("\"0xabc\"", $"[\"{first.Hash}\",\"{second.Hash}\"]")] } };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node, TimeSpan.Zero);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Count() == 2, "both seen");

        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Unreadable_notifications_are_counted_drops_and_the_source_is_not_silent()
    {
        int pools = 0;
        await using var node = new ScriptedNode
        {
            AfterSubscribe = async (_, wire) =>
            {
                for (int i = 0; i < 10; i++)
                {
                    await Until.TrueAsync(() => Volatile.Read(ref pools) > i, "a comparison");
                    await wire.TextAsync("""{"jsonrpc":"2.0","method":"other_subscription","params":{"subscription":"0xabc","result":"0x"}}""");
                }
            },
        };

        // The pool grows at each comparison, as if the subscription delivered nothing.
        node.Result = (method, _) => method == "txpool_content"
            ? PoolOf(Interlocked.Increment(ref pools))
            : ScriptedNode.Honest(method);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node, TimeSpan.FromMilliseconds(50));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => Volatile.Read(ref pools) > 9 && CountOf(sink) == 10, "many comparisons and drops");
        await lane.StopAsync(Cancelled);

        Assert.Equal(SourceLossReason.Shutdown, Assert.Single(sink.Events().OfType<LogEvent.SourceLost>()).Reason);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xabc","result":{"number":"0x5"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xdef","result":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xabc"}}""")]
    [InlineData("7")]
    public async Task An_unreadable_head_is_a_recorded_drop_and_the_chain_is_followed(string message)
    {
        await using var node = new ScriptedNode { Script = new NodeScript { AfterSubscribed = [message, message, message] }, Result = HonestChain };
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node);
        await follower.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockIngestDropped>().Any(), "the drop");
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any(), "the block");
        await follower.StopAsync(Cancelled);

        Assert.All(sink.Events().OfType<LogEvent.BlockIngestDropped>(), drop => Assert.Equal(DropReason.InvalidProtocol, drop.Reason));
        Assert.Equal(SourceLossReason.Shutdown, Assert.Single(sink.Events().OfType<LogEvent.SourceLost>()).Reason);
    }

    [Theory]
    [InlineData("""{"hash":HASH}""")]
    [InlineData("""{"hash":HASH,"number":"0x7","header of a later fork":"0x1"}""")]
    [InlineData("""{"hash":HASH,"number":12}""")]
    public async Task A_head_needs_only_its_hash(string head)
    {
        string hash = RealBlocks.Last["hash"]!.GetValue<string>();
        string notification = Notification("\"0xabc\"", head.Replace("HASH", $"\"{hash}\"", StringComparison.Ordinal));

        // Polls return nothing that can be followed: only the notification leads to the block.
        await using var node = new ScriptedNode { Script = new NodeScript { AfterSubscribed = [notification] } };
        node.Result = (method, parameters) => method == "eth_getBlockByNumber" && parameters[0].GetString() == "latest" && node.Subscriptions == 0
            ? null
            : HonestChain(method, parameters);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node);
        await follower.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any(block => block.Hash == Hash256.Parse(hash)), "the block");

        await follower.StopAsync(Cancelled);
        Assert.Empty(sink.Events().OfType<LogEvent.BlockIngestDropped>());
    }

    private static string? HonestChain(string method, System.Text.Json.JsonElement parameters) => method switch
    {
        "eth_getBlockByNumber" when parameters[0].GetString() == "latest" => RealBlocks.Last.ToJsonString(),
        "eth_getBlockByHash" => RealBlocks.Find(parameters[0].GetString()!)?.ToJsonString() ?? "null",
        _ => ScriptedNode.Honest(method),
    };

    private static string PoolOf(int number) =>
        "{\"pending\":{\"0x00\":{\"0\":{\"hash\":\"0x" + number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture) + "\"}}}}";

    private static ulong CountOf(RecordingSink sink) =>
        sink.Events().OfType<LogEvent.TxIngestDropped>().Where(static drop => drop.Reason == DropReason.InvalidProtocol).Aggregate(0UL, static (sum, drop) => sum + drop.Count);

    private static string Notification(string id, string result) =>
        $$$"""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":{{{id}}},"result":{{{result}}}}}""";

    private static RpcLane NewLane(RecordingSink sink, ScriptedNode node, TimeSpan reconcileInterval) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("node", node.Address)],
            ReconcileInterval = reconcileInterval,
            Pipeline = new IngestPipelineOptions { DropWindow = TimeSpan.FromMilliseconds(20) },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);

    private static BlockFollower NewFollower(RecordingSink sink, ScriptedNode node) => new(
        new BlockFollowerOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("node", node.Address)],
            PollInterval = TimeSpan.FromMilliseconds(50),
        },
        sink,
        TimeProvider.System);
}
