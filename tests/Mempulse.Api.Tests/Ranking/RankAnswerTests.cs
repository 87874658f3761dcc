using System.Text.Json;

namespace Mempulse.Api.Tests.Ranking;

/// <summary>GET /rank over a node that played the shipped capture, and the same scores in GET /tx.</summary>
[Collection(nameof(RunningNode))]
public sealed class RankAnswerTests(RunningNode node)
{
    [Fact]
    public async Task The_top_of_the_pool_is_listed_with_parts_reasons_and_why_each_ranks_above_the_next()
    {
        var answer = await node.GetAsync("/rank?limit=5");

        var rows = answer.GetProperty("ranking").EnumerateArray().ToList();
        Assert.Equal(("expected-value", "mempool/1+expected-value/1", 5), (answer.GetProperty("profile").GetString(), answer.GetProperty("version").GetString(), rows.Count));
        Assert.Equal(answer.GetProperty("waiting").GetInt64(), answer.GetProperty("scores").GetInt64());
        Assert.Equal(Enumerable.Range(1, 5), rows.Select(static row => row.GetProperty("rank").GetInt32()));
        Assert.Equal(rows.Select(Total).OrderDescending(), rows.Select(Total));
        Assert.All(rows, static row => Assert.NotEmpty(row.GetProperty("aboveNext").EnumerateArray()));
        Assert.All(rows, static row => Assert.NotEmpty(row.GetProperty("score").GetProperty("reasons").EnumerateArray()));
    }

    [Fact]
    public async Task A_transaction_has_the_score_of_its_rank_and_every_risk()
    {
        var first = (await node.GetAsync("/rank?limit=1")).GetProperty("ranking")[0];

        var tx = await node.GetAsync($"/tx/{first.GetProperty("tx").GetString()}");

        Assert.Equal(first.GetProperty("score").GetRawText(), tx.GetProperty("score").GetRawText());
        Assert.Equal(
            ["replaceable", "nonce_gap", "underpriced", "unknown_to", "high_slippage", "no_deadline", "unlimited_approval", "sandwich_exposed", "delegated_code", "fee_on_transfer", "failure_history"],
            tx.GetProperty("flags").EnumerateArray().Select(static flag => flag.GetProperty("name").GetString()));
        Assert.All(tx.GetProperty("flags").EnumerateArray(), static flag => Assert.Contains(flag.GetProperty("standing").GetString(), "Present Absent Unknown".Split(' ')));
    }

    [Fact]
    public async Task The_original_profile_labels_swaps_and_lists_nothing_else()
    {
        var answer = await node.GetAsync("/rank?limit=100&profile=parity");

        var rows = answer.GetProperty("ranking").EnumerateArray().ToList();
        Assert.Equal("traits/1+parity/1", answer.GetProperty("version").GetString());
        Assert.Equal(Math.Min(100, answer.GetProperty("scores").GetInt32()), rows.Count);
        Assert.All(rows, static row => Assert.Contains(row.GetProperty("score").GetProperty("label").GetString(), "arbitrage backrun sandwich".Split(' ')));
    }

    private static long Total(JsonElement row) => row.GetProperty("score").GetProperty("total").GetInt64();
}
