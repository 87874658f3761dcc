using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Mempulse.Api.Tests;

[Collection(nameof(RunningNode))]
public sealed class ApiContractTests(RunningNode node)
{
    [Fact]
    public async Task Events_are_paged_and_each_position_is_returned_once()
    {
        ulong next = 0;
        ulong expected = 1;
        bool isAtEnd = false;
        while (!isAtEnd)
        {
            var page = await node.GetAsync($"/events?after={next}&limit=1000");
            foreach (var item in page.GetProperty("events").EnumerateArray())
            {
                Assert.Equal(expected++, item.GetProperty("seq").GetUInt64());
            }

            next = page.GetProperty("next").GetUInt64();
            isAtEnd = page.GetProperty("atEnd").GetBoolean();
        }

        Assert.Equal(next + 1, expected);
    }

    [Fact]
    public async Task A_rare_type_does_not_stall_the_cursor()
    {
        var page = await node.GetAsync("/events?types=ReorgDetected&limit=10");

        Assert.Single(page.GetProperty("events").EnumerateArray());
        Assert.True(page.GetProperty("atEnd").GetBoolean());
        Assert.Equal(page.GetProperty("watermark").GetUInt64(), page.GetProperty("next").GetUInt64());
    }

    [Fact]
    public async Task A_transaction_lists_its_life_with_its_events()
    {
        var confirmed = (await node.GetAsync("/events?types=TxConfirmed&limit=1")).GetProperty("events")[0];
        var tx = await node.GetAsync($"/tx/{confirmed.GetProperty("tx").GetString()}");

        Assert.Equal("Confirmed", tx.GetProperty("status").GetString());
        Assert.True(tx.GetProperty("synthetic").GetBoolean());
        Assert.Equal(JsonValueKind.String, tx.GetProperty("body").GetProperty("maxFeePerGas").ValueKind);
        var steps = tx.GetProperty("lifecycle").EnumerateArray().ToList();
        Assert.Contains(steps, step => step.GetProperty("seq").GetUInt64() == confirmed.GetProperty("seq").GetUInt64());
        Assert.Equal(steps.Select(step => step.GetProperty("seq").GetUInt64()).Order(), steps.Select(step => step.GetProperty("seq").GetUInt64()));
    }

    [Fact]
    public async Task Propagation_reports_shares_coverage_and_delays_by_source_and_lane()
    {
        var figures = await node.GetAsync("/propagation?window=1h");

        Assert.True(figures.GetProperty("synthetic").GetBoolean());
        Assert.True(figures.GetProperty("newTransactions").GetUInt64() > 0);
        ulong firsts = figures.GetProperty("sources").EnumerateArray().Aggregate(0UL, (sum, source) => sum + source.GetProperty("firsts").GetUInt64());
        Assert.Equal(figures.GetProperty("newTransactions").GetUInt64(), firsts);
        Assert.All(figures.GetProperty("sources").EnumerateArray(), source => Assert.True(source.GetProperty("covered").GetUInt64() <= source.GetProperty("coverable").GetUInt64()));
        Assert.True(figures.GetProperty("inclusionLatencyMicros").GetProperty("count").GetUInt64() > 0);
    }

    [Fact]
    public async Task Gaps_are_reported_for_a_range_and_there_are_no_peers()
    {
        var seen = (await node.GetAsync("/events?types=TxSeen&limit=1")).GetProperty("events")[0];
        var tx = await node.GetAsync($"/tx/{seen.GetProperty("tx").GetString()}");
        string at = tx.GetProperty("spread").GetProperty("firstAt").GetString()!;

        Assert.False(tx.GetProperty("spread").GetProperty("blind").GetBoolean());
        Assert.False((await node.GetAsync($"/gaps?from={at}&to={at}")).GetProperty("blind").GetBoolean());
        Assert.True((await node.GetAsync("/gaps")).GetProperty("blind").GetBoolean()); // the capture ended long ago
        Assert.Equal(0, (await node.GetAsync("/peers")).GetProperty("connected").GetInt32());
    }

    [Fact]
    public async Task A_replaced_transaction_names_its_replacement()
    {
        var replaced = (await node.GetAsync("/events?types=TxReplaced&limit=1")).GetProperty("events")[0];
        var tx = await node.GetAsync($"/tx/{replaced.GetProperty("tx").GetString()}");

        Assert.Equal("Replaced", tx.GetProperty("status").GetString());
        Assert.Equal(replaced.GetProperty("payload").GetProperty("by").GetString(), tx.GetProperty("replacedBy").GetString());
    }

    [Fact]
    public async Task A_sender_lists_its_nonces()
    {
        var decoded = (await node.GetAsync("/events?types=TxDecoded&limit=1")).GetProperty("events")[0];
        var sender = await node.GetAsync($"/sender/{decoded.GetProperty("sender").GetString()}");

        Assert.Contains(decoded.GetProperty("tx").GetString(), sender.GetProperty("logged").EnumerateArray().Select(hash => hash.GetString()));
    }

    [Fact]
    public async Task A_replay_of_the_whole_log_has_the_digest_of_the_live_fold()
    {
        var fold = (await node.GetAsync("/status")).GetProperty("fold");
        var replay = await node.GetAsync($"/replay?from=0&to={fold.GetProperty("appliedSeq").GetUInt64().ToString(CultureInfo.InvariantCulture)}");

        Assert.Equal("done", replay.GetProperty("state").GetString());
        Assert.Equal(fold.GetProperty("digest").GetString(), replay.GetProperty("toDigest").GetString());
        Assert.Equal(0, replay.GetProperty("divergences").GetInt64());
    }

    [Fact]
    public async Task Health_reports_the_recovery_library_and_synthetic_input()
    {
        var health = await node.GetAsync("/health");

        Assert.Equal("ended", health.GetProperty("status").GetString());
        Assert.True(health.GetProperty("synthetic").GetBoolean());
        Assert.Contains(health.GetProperty("chains")[0].GetProperty("senderRecovery")[0].GetString(), "libsecp256k1 BouncyCastle".Split(' '));
    }

    [Fact]
    public async Task A_selector_looks_the_same_everywhere()
    {
        var decoded = (await node.GetAsync("/events?types=TxDecoded&limit=100")).GetProperty("events").EnumerateArray().First(item => item.GetProperty("payload").TryGetProperty("selector", out var found) && found.ValueKind == JsonValueKind.String);
        var tx = await node.GetAsync($"/tx/{decoded.GetProperty("tx").GetString()}");

        string selector = decoded.GetProperty("payload").GetProperty("selector").GetString()!;
        Assert.Matches("^0x[0-9a-f]{8}$", selector);
        Assert.Equal(selector, tx.GetProperty("body").GetProperty("selector").GetString());
    }

    [Fact]
    public async Task Metrics_name_the_service()
    {
        string metrics = await node.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("service_name=\"mempulse\"", metrics.Split('\n').Single(line => line.StartsWith("target_info{", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_OpenAPI_document_lists_the_endpoints()
    {
        var paths = (await node.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToHashSet();

        Assert.Superset(new HashSet<string> { "/events", "/tx/{hash}", "/sender/{address}", "/replay", "/status", "/health" }, paths);
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_an_event()
    {
        var document = await node.GetAsync("/openapi/v1.json");
        var answer = document.GetProperty("paths").GetProperty("/events").GetProperty("get").GetProperty("responses").GetProperty("200");
        var item = document.GetProperty("components").GetProperty("schemas").GetProperty("EventBody").GetProperty("properties");

        Assert.EndsWith("/EventPageBody", answer.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["seq", "type", "version", "time", "lane", "localSeq", "source", "cause", "tx", "block", "sender", "opp", "sim", "bundle", "peer", "payload"],
            item.EnumerateObject().Select(property => property.Name));
        Assert.EndsWith("/JsonObject", item.GetProperty("payload").GetProperty("$ref").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/events?after=-1", HttpStatusCode.BadRequest)]
    [InlineData("/events?after=18446744073709551615", HttpStatusCode.BadRequest)]
    [InlineData("/events?types=Nothing", HttpStatusCode.BadRequest)]
    [InlineData("/events?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/events?chain=77", HttpStatusCode.NotFound)]
    [InlineData("/tx/0x12", HttpStatusCode.BadRequest)]
    [InlineData("/tx/0x0000000000000000000000000000000000000000000000000000000000000001", HttpStatusCode.NotFound)]
    [InlineData("/sender/abc", HttpStatusCode.BadRequest)]
    [InlineData("/replay?from=5&to=3", HttpStatusCode.BadRequest)]
    [InlineData("/replay?to=99999999999", HttpStatusCode.BadRequest)]
    [InlineData("/propagation?window=2h", HttpStatusCode.BadRequest)]
    [InlineData("/propagation?window=x", HttpStatusCode.BadRequest)]
    [InlineData("/gaps?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/peers?chain=77", HttpStatusCode.NotFound)]
    [InlineData("/no-such-thing", HttpStatusCode.NotFound)]
    public async Task A_bad_request_is_answered_with_a_problem(string path, HttpStatusCode status)
    {
        using var response = await node.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
