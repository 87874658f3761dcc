using System.Text.Json;

namespace Mempulse.Api.Tests.Listing;

/// <summary>GET /mempool over a node that played the shipped capture.</summary>
[Collection(nameof(RunningNode))]
public sealed class MempoolAnswerTests(RunningNode node)
{
    [Fact]
    public async Task The_waiting_transactions_are_those_that_status_counts_each_as_its_own_answer_says()
    {
        var status = await node.GetAsync("/status");
        var answer = await node.GetAsync("/mempool?limit=500");

        var rows = Rows(answer);
        var counted = status.GetProperty("pool");
        foreach (string state in new[] { "Seen", "Pending", "Queued", "Left" })
        {
            Assert.Equal(CountOf(counted, state), answer.GetProperty("byState").GetProperty(JsonNamingPolicy.CamelCase.ConvertName(state)).GetInt32());
            Assert.Equal(CountOf(counted, state), rows.Count(row => Text(row, "state") == state));
        }

        Assert.NotEmpty(rows);
        Assert.Equal((rows.Count, rows.Count), (answer.GetProperty("waiting").GetInt32(), answer.GetProperty("matching").GetInt32()));
        Assert.Equal(rows.Count, answer.GetProperty("byFee").EnumerateObject().Sum(static one => one.Value.GetInt32()));
        foreach (var row in rows)
        {
            var tx = await node.GetAsync($"/tx/{Text(row, "hash")}");
            Assert.Equal((Text(tx, "status"), Text(tx.GetProperty("body"), "maxFeePerGas"), Text(tx.GetProperty("body"), "sender")), (Text(row, "state"), Text(row, "maxFeePerGas"), Text(row, "sender")));
            Assert.Equal(tx.GetProperty("score").GetProperty("total").GetInt64(), row.GetProperty("score").GetInt64());
            Assert.Equal(tx.GetProperty("flags").EnumerateArray().Where(static flag => Text(flag, "standing") != "Absent").Select(static flag => flag.GetRawText()), row.GetProperty("flags").EnumerateArray().Select(static flag => flag.GetRawText()));
            Assert.Equal(tx.GetProperty("sightings").EnumerateArray().Select(static one => Text(one, "source")).Order(StringComparer.Ordinal), row.GetProperty("heardBy").EnumerateArray().Select(static one => Text(one, "source")).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("score")]
    [InlineData("age")]
    [InlineData("tip")]
    [InlineData("max_fee")]
    [InlineData("nonce")]
    [InlineData("heard_by")]
    public async Task Pages_follow_each_other_by_their_cursors(string sort)
    {
        var whole = Hashes(await node.GetAsync($"/mempool?sort={sort}"));
        var backwards = Hashes(await node.GetAsync($"/mempool?sort={sort}&order=asc"));
        var paged = new List<string>();
        for (string? cursor = string.Empty; cursor is not null;)
        {
            var page = await node.GetAsync($"/mempool?sort={sort}&limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : string.Empty)}");
            paged.AddRange(Hashes(page));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(whole, paged);
        Assert.Equal(whole.Order(StringComparer.Ordinal), backwards.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_filter_names_its_transactions_and_a_script_in_one_is_text()
    {
        var first = Rows(await node.GetAsync("/mempool?limit=1"))[0];

        var one = await node.GetAsync($"/mempool?text={Text(first, "hash")[2..30].ToUpperInvariant()}");
        var none = await node.GetAsync("/mempool?text=%3Cscript%3Ealert(1)%3C/script%3E");

        Assert.Equal([Text(first, "hash")], Hashes(one));
        Assert.Equal((0, 0), (none.GetProperty("matching").GetInt32(), Rows(none).Count));
        Assert.Equal(one.GetProperty("waiting").GetInt32(), none.GetProperty("waiting").GetInt32());
    }

    private static int CountOf(JsonElement counted, string state) => counted.TryGetProperty(state, out var count) ? count.GetInt32() : 0;

    private static List<JsonElement> Rows(JsonElement answer) => [.. answer.GetProperty("transactions").EnumerateArray()];

    private static List<string> Hashes(JsonElement answer) => [.. Rows(answer).Select(static row => Text(row, "hash"))];

    private static string Text(JsonElement part, string member) => part.GetProperty(member).GetString()!;
}
