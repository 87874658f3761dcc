using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Client;
using Mempulse.Client.Decoding;
using Mempulse.Client.Listing;
using Mempulse.Client.Problems;
using Mempulse.Client.Replays;
using Mempulse.Client.Simulations;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Tests.Client;

/// <summary>The client against a whole node: each route has a method, and what it returns has every member of the answer.</summary>
[Collection(nameof(RunningNode))]
public sealed class ClientRouteTests(RunningNode node)
{
    private const string Hash = "0x0000000000000000000000000000000000000000000000000000000000000001";
    private const string Weth = "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2";

    private static readonly JsonSerializerOptions _writing = new(JsonSerializerDefaults.Web) { MaxDepth = 4_096 };

    /// <summary>By the name of a route: its address, and the method that asks there. TX is a confirmed transaction, FROM its sender.</summary>
    private static readonly Dictionary<string, (string Path, Func<MempulseClient, string, string, Task<object>> AskAsync)> _rows = new()
    {
        ["ListEvents"] = ("/events?after=3&types=TxSeen,TxDecoded&limit=7", async (client, _, _) => await client.ListEventsAsync(3, ["TxSeen", "TxDecoded"], 7, Stop)),
        ["FindEvent"] = ("/events/9", async (client, _, _) => await client.FindEventAsync(9, Stop)),
        ["FindTransaction"] = ("/tx/TX", async (client, tx, _) => await client.FindTransactionAsync(tx, Stop)),
        ["ExplainTransaction"] = ("/tx/TX/why", async (client, tx, _) => await client.ExplainTransactionAsync(tx, Stop)),
        ["FindSender"] = ("/sender/FROM", async (client, _, from) => await client.FindSenderAsync(from, Stop)),
        ["ListMempool"] = ("/mempool?state=pending,queued&sort=age&order=asc&limit=3", async (client, _, _) => await client.ListMempoolAsync(new MempoolFilter { States = ["pending", "queued"], Sort = "age", Order = "asc", Limit = 3 }, null, Stop)),
        ["Rank"] = ("/rank?limit=5", async (client, _, _) => await client.RankAsync(null, 5, Stop)),
        ["Decode"] = ("/decode?tx=TX", async (client, tx, _) => await client.DecodeTransactionAsync(tx, Stop)),
        ["DecodeBody"] = ($"/decode?to={Weth}&data=0xd0e30db0", async (client, _, _) => await client.DecodeAsync(new DecodeRequest { To = Weth, Data = "0xd0e30db0" }, Stop)),
        ["Decoders"] = ("/decoders", async (client, _, _) => await client.ListDecodersAsync(Stop)),
        ["Propagation"] = ("/propagation?window=90s", async (client, _, _) => await client.ReadPropagationAsync(TimeSpan.FromSeconds(90), Stop)),
        ["Gaps"] = ("/gaps?from=2025-05-07T09:00:00Z&to=2025-05-07T10:00:00.5Z", async (client, _, _) => await client.ListGapsAsync(new DateTimeOffset(2025, 5, 7, 9, 0, 0, default), new DateTimeOffset(2025, 5, 7, 10, 0, 0, 500, default), Stop)),
        ["Peers"] = ("/peers", async (client, _, _) => await client.ListPeersAsync(Stop)),
        ["Replay"] = ("/replay?from=0&to=10", async (client, _, _) => await ReplayAsync(client)),
        ["ListOpportunities"] = ("/opps?status=open&limit=2&min_score=-5", async (client, _, _) => await client.ListOpportunitiesAsync("open", null, -5, 2, Stop)),
        ["Relays"] = ("/relays", async (client, _, _) => await client.ListRelaysAsync(Stop)),
        ["AuditBlock"] = ("/blocks/head?classes=found,private&limit=3", async (client, _, _) => await client.AuditBlockAsync("head", ["found", "private"], null, 3, Stop)),
        ["ReadHealth"] = ("/health", async (client, _, _) => await client.ReadHealthAsync(Stop)),
    };

    /// <summary>Routes whose answers the shipped capture does not have, or that differ each time: what the client returns is the problem of the route.</summary>
    private static readonly Dictionary<string, (HttpStatusCode Status, Func<MempulseClient, Task> AskAsync)> _refused = new()
    {
        ["FindOpportunity"] = (HttpStatusCode.NotFound, client => client.FindOpportunityAsync(Hash, Stop)),
        ["FindBundle"] = (HttpStatusCode.NotFound, client => client.FindBundleAsync(Hash, Stop)),
        ["ExportCase"] = (HttpStatusCode.NotFound, client => client.ExportCaseAsync(Hash, 9, Stop)),
        ["FindSimulation"] = (HttpStatusCode.NotFound, client => client.FindSimulationAsync(Hash, SimTrace.Omitted, Stop)),
        ["FindSimulationSteps"] = (HttpStatusCode.NotFound, client => client.ReadSimulationStepsAsync(Hash, Stop)),
        ["AskNodes"] = (HttpStatusCode.ServiceUnavailable, client => client.AskNodesAsync(Hash, Stop)),
        ["Simulate"] = (HttpStatusCode.ServiceUnavailable, client => client.SimulateAsync(new SimulateRequest { Txs = ["0x02"] }, SimTrace.Included, Stop)),
    };

    /// <summary>Routes with tests of their own.</summary>
    private static readonly string[] _elsewhere = ["StreamEvents", "ReadStatus"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Rows => [.. _rows.Keys];

    public static TheoryData<string> Refused => [.. _refused.Keys];

    [Fact]
    public void Every_route_of_the_API_has_a_method()
    {
        var names = node.Endpoints.Where(static endpoint => endpoint.RoutePattern.RawText!.StartsWith('/')).Select(static endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).OfType<string>();

        Assert.Equal(names.Order(StringComparer.Ordinal), _rows.Keys.Concat(_refused.Keys).Concat(_elsewhere).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_method_returns_every_member_of_the_answer(string name)
    {
        var confirmed = (await node.GetAsync("/events?types=TxConfirmed&limit=1")).GetProperty("events")[0];
        string tx = confirmed.GetProperty("tx").GetString()!;
        string from = (await node.GetAsync($"/tx/{tx}")).GetProperty("body").GetProperty("sender").GetString()!;
        var (path, askAsync) = _rows[name];

        object typed = await askAsync(Client(), tx, from);

        string text = await node.Client.GetStringAsync(new Uri(path.Replace("TX", tx, StringComparison.Ordinal).Replace("FROM", from, StringComparison.Ordinal), UriKind.Relative), Stop);
        var expected = JsonNode.Parse(text)!;
        var actual = JsonSerializer.SerializeToNode(typed, typed.GetType(), _writing)!;
        Assert.True(JsonNode.DeepEquals(WithoutNulls(expected), WithoutNulls(actual)), $"{text}\n{actual.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_node_refuses_is_an_exception_with_its_problem(string name)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => _refused[name].AskAsync(Client()));

        Assert.Equal(_refused[name].Status, refused.StatusCode);
        Assert.False(string.IsNullOrEmpty(refused.Problem.Detail));
        Assert.EndsWith(refused.Problem.Detail, refused.Message, StringComparison.Ordinal);
        Assert.Equal(_refused[name].Status == HttpStatusCode.ServiceUnavailable ? TimeSpan.FromSeconds(1) : null, refused.RetryAfter);
    }

    [Fact]
    public async Task Status_and_readiness_are_read()
    {
        var status = await Client().ReadStatusAsync(Stop);

        Assert.Equal(("1", "Writable", "Following"), (status.Chain, status.Log.State, status.Fold.Phase));
        Assert.Equal("ready", await Client().ReadReadinessAsync(Stop));
        Assert.Contains("\"watermark\"", await Client().ReadTextAsync("status", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chain_of_the_access_is_asked_about()
    {
        var other = await Assert.ThrowsAsync<ProblemException>(() => Client(new MempulseAccess { Chain = 77 }).ReadStatusAsync(Stop));

        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Contains("77", other.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_one_sequence()
    {
        var events = await Client().ReadEventsAsync(0, [], Stop).Select(static item => item.Seq).ToListAsync(Stop);
        var waiting = await Client().ReadMempoolAsync(new MempoolFilter { Limit = 2 }, Stop).Select(static tx => tx.Hash).ToListAsync(Stop);

        Assert.Equal(Enumerable.Range(1, events.Count).Select(static seq => (ulong)seq), events);
        Assert.Equal((await node.GetAsync("/status")).GetProperty("log").GetProperty("watermark").GetUInt64(), (ulong)events.Count);
        Assert.Equal((await node.GetAsync("/mempool?limit=500")).GetProperty("transactions").EnumerateArray().Select(static tx => tx.GetProperty("hash").GetString()), waiting);
        Assert.True(waiting.Count > 2);
    }

    private static async Task<ReplayResponse> ReplayAsync(MempulseClient client)
    {
        var answer = await client.ReplayAsync(0, 10, Stop);
        while (answer.State != "done")
        {
            answer = await client.ReplayAsync(0, 10, Stop);
        }

        return answer;
    }

    private static JsonNode? WithoutNulls(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (string name in members.Where(static member => member.Value is null).Select(static member => member.Key).ToList())
                {
                    members.Remove(name);
                }

                foreach (var (_, member) in members)
                {
                    WithoutNulls(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    WithoutNulls(item);
                }

                break;
        }

        return value;
    }

    private MempulseClient Client(MempulseAccess? options = null) => new(node.Client, options);
}
