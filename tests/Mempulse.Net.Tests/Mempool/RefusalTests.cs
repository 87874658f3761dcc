using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>No body is dropped, and no source lost, while the node offers another way.</summary>
public sealed class RefusalTests
{
    private static readonly JsonArray s_transactions = RealBlocks.Last["transactions"]!.AsArray();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string> Refusals => new()
    {
        { "eth_getRawTransactionByHash", -32001, "rpc method is not whitelisted" },
        { "eth_getRawTransactionByHash", -32601, "Method not found" },
        { "eth_getRawTransactionByHash", -32600, "invalid request" },
        { "eth_getRawTransactionByHash", -32000, "Please upgrade your plan" },
        { "eth_getRawTransactionByHash", 0, "" },
        { "eth_getTransactionByHash", -32601, "Method not found" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_body_that_is_refused_in_one_form_is_fetched_in_the_other(string method, int code, string message)
    {
        await using var node = NewNode(NodeScript.Honest.With(method, new NodeReply.Refusal(code, message)));

        await AssertAllDecodedAsync(node);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"0x\"")]
    [InlineData("\"rlp\"")]
    [InlineData("{}")]
    public async Task A_node_that_has_no_raw_bytes_of_pending_transactions_is_asked_for_the_object(string raw)
    {
        await using var node = NewNode(NodeScript.Honest.With("eth_getRawTransactionByHash", new NodeReply.Result(raw)));

        await AssertAllDecodedAsync(node);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Batch_limits_cost_no_body(int limit)
    {
        await using var node = NewNode(new NodeScript { MaxBatch = limit, BatchRefusal = new NodeReply.Refusal(-32600, "invalid request") });

        await AssertAllDecodedAsync(node);
    }

    [Theory]
    [InlineData("web3_clientVersion", -32601)]
    [InlineData("txpool_content", -32601)]
    [InlineData("eth_getTransactionCount", -32601)]
    [InlineData("eth_blockNumber", -32601)]
    [InlineData("eth_chainId", -32601)] // net_version answers
    public async Task A_call_that_the_source_can_do_without_does_not_lose_it(string method, int code)
    {
        await using var node = NewNode(NodeScript.Honest.With(method, new NodeReply.Refusal(code, "no")).With("net_version", new NodeReply.Result("\"1\"")));

        await AssertAllDecodedAsync(node);
    }

    [Theory]
    [InlineData(-32001, "not whitelisted", SourceLossReason.Refused)]
    [InlineData(-32005, "rate limit exceeded", SourceLossReason.Refused)]
    [InlineData(-32000, "server is busy", SourceLossReason.Closed)]
    public async Task A_source_that_does_not_report_its_chain_is_lost_for_that_reason(int code, string message, SourceLossReason reason)
    {
        await using var node = NewNode(NodeScript.Honest.With("eth_chainId", new NodeReply.Refusal(code, message)).With("net_version", new NodeReply.Refusal(code, message)));
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.Address);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        await lane.StopAsync(Cancelled);

        var lost = sink.Events().OfType<LogEvent.SourceLost>().First();
        Assert.Equal(reason, lost.Reason);
        Assert.Contains("eth_chainId", lost.Detail, StringComparison.Ordinal);
    }

    private static async Task AssertAllDecodedAsync(ScriptedNode node)
    {
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.Address);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Count() == Announced.Count, "all decoded");
        await lane.StopAsync(Cancelled);

        Assert.Empty(sink.Events().OfType<LogEvent.TxIngestDropped>());
        Assert.Equal(SourceLossReason.Shutdown, Assert.Single(sink.Events().OfType<LogEvent.SourceLost>()).Reason);
    }

    private static IReadOnlyList<JsonObject> Announced { get; } =
        [.. s_transactions.Select(static tx => tx!.AsObject()).Where(static tx => tx["type"]!.GetValue<string>() is not "0x3").Take(40)];

    private static ScriptedNode NewNode(NodeScript script) => new()
    {
        Script = script with
        {
            AfterSubscribed = [.. Announced.Select(static tx => ScriptedNode.Notification(tx["hash"]!.ToJsonString()))],
        },
        Result = static (method, parameters) => method switch
        {
            "eth_getRawTransactionByHash" => $"\"0x{Convert.ToHexStringLower(RawOf(parameters[0].GetString()!))}\"",
            "eth_getTransactionByHash" => Announced.Single(tx => tx["hash"]!.GetValue<string>() == parameters[0].GetString()).ToJsonString(),
            _ => ScriptedNode.Honest(method),
        },
    };

    private static byte[] RawOf(string hash)
    {
        using var tx = System.Text.Json.JsonDocument.Parse(Announced.Single(tx => tx["hash"]!.GetValue<string>() == hash).ToJsonString());
        return BodyText.Encode(tx.RootElement, new ChainId(1), out _)!;
    }

    private static RpcLane NewLane(RecordingSink sink, string address) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("node", address)],
            ReconcileInterval = TimeSpan.FromSeconds(15),
            BodyRetryDelay = TimeSpan.FromMilliseconds(10),
            Connection = new RpcConnectionOptions
            {
                RateLimitPatience = TimeSpan.Zero,
                MinReconnectDelay = TimeSpan.FromMilliseconds(10),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
            },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);
}
