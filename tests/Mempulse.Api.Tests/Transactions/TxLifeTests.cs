using System.Text.Json;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Transactions;

/// <summary>GET /tx is consistent: state, inclusion and replacement agree after replacements, blocks and reorgs.</summary>
public sealed class TxLifeTests(StoryNode node) : IClassFixture<StoryNode>
{
    [Fact]
    public async Task A_transaction_that_was_replaced_and_then_mined_is_included_and_not_replaced()
    {
        var tx = await node.GetTxAsync("mined");

        Assert.Equal("Included", tx.GetProperty("status").GetString());
        Assert.Equal(Named.Block("b1").ToString(), tx.GetProperty("inclusion").GetProperty("block").GetString());
        Assert.Equal(JsonValueKind.Null, tx.GetProperty("replacedBy").ValueKind);
    }

    [Fact]
    public async Task A_reorg_reopens_it_and_it_is_neither_included_nor_replaced()
    {
        var tx = await node.GetTxAsync("reopened");

        Assert.Equal("Pending", tx.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, tx.GetProperty("inclusion").ValueKind);
        Assert.Equal(JsonValueKind.Null, tx.GetProperty("replacedBy").ValueKind);
    }

    [Fact]
    public async Task A_replacement_after_an_inclusion_clears_the_inclusion()
    {
        var tx = await node.GetTxAsync("displaced");

        Assert.Equal("Replaced", tx.GetProperty("status").GetString());
        Assert.Equal(Named.Tx("rival").ToString(), tx.GetProperty("replacedBy").GetString());
        Assert.Equal(JsonValueKind.Null, tx.GetProperty("inclusion").ValueKind);
    }

    [Fact]
    public async Task A_transaction_that_left_names_the_source_and_the_time()
    {
        var tx = await node.GetTxAsync("gone");

        Assert.Equal("Left", tx.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.String, tx.GetProperty("sightings")[0].GetProperty("leftAt").ValueKind);
        Assert.Equal(
            ["TxSeen", "TxLeft", "TxVanished"],
            tx.GetProperty("lifecycle").EnumerateArray().Select(step => step.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_body_decoded_by_two_lanes_is_one_step()
    {
        var tx = await node.GetTxAsync("announced");

        Assert.Equal(
            ["TxSeen", "TxDecoded", "TxStateChanged"],
            tx.GetProperty("lifecycle").EnumerateArray().Select(step => step.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Sources_are_listed_by_name_with_their_counts()
    {
        var tx = await node.GetTxAsync("announced");

        Assert.Equal(
            [("alpha", 2), ("beta", 1)],
            tx.GetProperty("sightings").EnumerateArray().Take(2).Select(sighting => (sighting.GetProperty("source").GetString()!, sighting.GetProperty("count").GetInt32())));
        Assert.Equal(3, tx.GetProperty("sightings").GetArrayLength());
        Assert.Equal("0", tx.GetProperty("sightings")[0].GetProperty("afterFirstNs").GetString());
        Assert.Equal(tx.GetProperty("sightings")[0].GetProperty("firstSeq").GetUInt64(), tx.GetProperty("lifecycle")[0].GetProperty("seq").GetUInt64());
    }

    [Theory]
    [InlineData("mined", "Reverted", true)]
    [InlineData("claimed", "Succeeded", false)]
    [InlineData("silent", "Unknown", false)]
    public async Task An_outcome_is_unknown_until_a_receipt_states_it_and_a_claim_is_marked(string tx, string outcome, bool isVerified)
    {
        var inclusion = (await node.GetTxAsync(tx)).GetProperty("inclusion");

        Assert.Equal((outcome, isVerified), (inclusion.GetProperty("outcome").GetString(), inclusion.GetProperty("outcomeVerified").GetBoolean()));
    }
}
