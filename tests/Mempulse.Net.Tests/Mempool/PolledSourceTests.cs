using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Net.Tests.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>A node without subscriptions is polled, by the best way that it offers, and its status says which.</summary>
public sealed class PolledSourceTests
{
    private static readonly MadeTx s_first = MadeTx.Plain(0);
    private static readonly MadeTx s_second = MadeTx.Plain(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("ws without subscriptions")]
    [InlineData("ws with another word for it")]
    public async Task A_node_without_subscriptions_is_polled_with_a_filter(string kind)
    {
        var script = WithFilter(NodeScript.Honest, "\"0xf1\"");
        await using var node = NewNode(kind == "ws without subscriptions" ? script.With("eth_subscribe", new NodeReply.Refusal(-32601, "Method not found"))
            : kind == "http" ? script
            : script.With("eth_subscribe", new NodeReply.Refusal(-32000, "notifications not supported")));

        await AssertSeenAsync(kind == "http" ? node.HttpAddress : node.Address, "polling eth_getFilterChanges");
    }

    [Fact]
    public async Task A_filter_that_the_node_forgot_is_created_again()
    {
        var script = NodeScript.Honest with
        {
            Rules =
            [
                new NodeRule("eth_newPendingTransactionFilter", new NodeReply.Result("\"0xf1\"")) { LastCall = 1 },
                new NodeRule("eth_newPendingTransactionFilter", new NodeReply.Result("2")),
                new NodeRule("eth_getFilterChanges", new NodeReply.Result($"[\"{s_first.Hash}\"]")) { LastCall = 1 },
                new NodeRule("eth_getFilterChanges", new NodeReply.Refusal(-32000, "filter not found")) { Parameters = "0xf1" },
                new NodeRule("eth_getFilterChanges", new NodeReply.Result($"[\"{s_second.Hash}\"]")),
            ],
        };
        await using var node = NewNode(script);

        await AssertSeenAsync(node.HttpAddress, "polling eth_getFilterChanges");
    }

    [Fact]
    public async Task Without_filters_the_pool_is_polled()
    {
        await using var node = NewNode(NoFilters.With("txpool_content", new NodeReply.Result(
            "{\"pending\":{\"0x00\":{\"0\":{\"hash\":\"" + s_first.Hash + "\"},\"1\":{\"hash\":\"" + s_second.Hash + "\"}}}}")));

        await AssertSeenAsync(node.HttpAddress, "polling txpool_content");
    }

    [Fact]
    public async Task Filters_that_are_never_found_again_are_given_up_for_the_pool()
    {
        // As behind a gateway that sends each call to another node.
        var script = NodeScript.Honest.With("eth_newPendingTransactionFilter", new NodeReply.Result("\"0xf1\""))
            .With("eth_getFilterChanges", new NodeReply.Refusal(-32000, "filter not found"))
            .With("txpool_content", new NodeReply.Refusal(-32601, "no"))
            .With("eth_getBlockByNumber", new NodeReply.Result($$"""{"transactions":["{{s_first.Hash}}","{{s_second.Hash}}"]}"""));
        await using var node = NewNode(script);

        await AssertSeenAsync(node.HttpAddress, "polling the pending block");
    }

    [Fact]
    public async Task A_node_that_offers_no_way_to_read_its_pool_is_lost_with_that_reason()
    {
        await using var node = NewNode(NoFilters.With("txpool_content", new NodeReply.Refusal(-32601, "no")).With("eth_getBlockByNumber", new NodeReply.Refusal(-32601, "no")));
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.HttpAddress);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        await lane.StopAsync(Cancelled);

        var lost = sink.Events().OfType<LogEvent.SourceLost>().First();
        Assert.Equal(SourceLossReason.Refused, lost.Reason);
        Assert.Contains("no subscriptions, no filters", lost.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_result_of_a_filter_is_a_counted_drop()
    {
        var script = WithFilter(NodeScript.Honest, "\"0xf1\"");
        await using var node = NewNode(script.With("eth_getFilterChanges", new NodeReply.Result("[7,null,{}]")));
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.HttpAddress);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(
            () => sink.Events().OfType<LogEvent.TxIngestDropped>().Any(static drop => drop is { Reason: DropReason.InvalidProtocol, Count: >= 3 }), "the drops");

        await lane.StopAsync(Cancelled);
    }

    private static NodeScript NoFilters { get; } = NodeScript.Honest.With("eth_newPendingTransactionFilter", new NodeReply.Refusal(-32601, "no filters"));

    private static NodeScript WithFilter(NodeScript script, string id) => script
        .With("eth_newPendingTransactionFilter", new NodeReply.Result(id))
        .With("eth_getFilterChanges", new NodeReply.Result($"[\"{s_first.Hash}\",\"{s_second.Hash}\"]"));

    private static async Task AssertSeenAsync(string address, string reception)
    {
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, address);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Count() == 2, "both decoded");
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].Reception == reception, reception);
        await lane.StopAsync(Cancelled);

        Assert.All(sink.Events().OfType<LogEvent.TxSeen>(), static seen => Assert.Equal(SightingVia.PoolSnapshot, seen.Via));
        Assert.Equal(SourceLossReason.Shutdown, Assert.Single(sink.Events().OfType<LogEvent.SourceLost>()).Reason);
    }

    private static ScriptedNode NewNode(NodeScript script) => new()
    {
        Script = script,
        Result = static (method, parameters) => method != "eth_getRawTransactionByHash" ? ScriptedNode.Honest(method)
            : parameters[0].GetString() == s_first.Hash.ToString() ? Hex(s_first.Raw) : Hex(s_second.Raw),
    };

    private static string Hex(ReadOnlyMemory<byte> raw) => $"\"0x{Convert.ToHexStringLower(raw.Span)}\"";

    private static RpcLane NewLane(RecordingSink sink, string address) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("node", address)],
            PollInterval = TimeSpan.FromMilliseconds(20),
            ReconcileInterval = TimeSpan.FromSeconds(15),
            BodyRetryDelay = TimeSpan.FromMilliseconds(10),
            Pipeline = new IngestPipelineOptions { DropWindow = TimeSpan.FromMilliseconds(20) },
            Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);
}
