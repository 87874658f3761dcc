using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Transactions;

/// <summary>What the API reports after a chain was replaced beyond finality.</summary>
public sealed class AbandonedChainTests(AbandonedChainTests.Node node) : IClassFixture<AbandonedChainTests.Node>
{
    [Fact]
    public async Task A_confirmed_transaction_of_an_abandoned_chain_is_marked()
    {
        var tx = await node.GetTxAsync("old");

        Assert.Equal("Confirmed", tx.GetProperty("status").GetString());
        Assert.True(tx.GetProperty("inclusion").GetProperty("chainAbandoned").GetBoolean());
    }

    [Fact]
    public async Task A_transaction_of_the_new_chain_is_not_replaced_by_one_of_the_old()
    {
        var tx = await node.GetTxAsync("new");

        Assert.Equal("Included", tx.GetProperty("status").GetString());
        Assert.False(tx.GetProperty("inclusion").GetProperty("chainAbandoned").GetBoolean());
        Assert.DoesNotContain(tx.GetProperty("lifecycle").EnumerateArray(), step => step.GetProperty("type").GetString() == "TxReplaced");
    }

    [Fact]
    public async Task Health_names_the_new_head_and_what_to_do()
    {
        var health = await node.GetHealthAsync();

        var chain = health.GetProperty("chains")[0];
        Assert.Equal("degraded", chain.GetProperty("status").GetString());
        string problem = Assert.Single(chain.GetProperty("problems").EnumerateArray()).ToString();
        Assert.Contains($"Mempulse:Fold:AcknowledgedHead to {Named.Block("again")}", problem, StringComparison.Ordinal);
        Assert.Contains("new data directory", problem, StringComparison.Ordinal);
    }

    public sealed class Node : StoryNode
    {
        private readonly Scenario _story = new Scenario()
            .Block("base").Arrives("old", "alice", 0).Block("b1", "old").EmptyBlocks(65)
            .BeginAnew("again").Arrives("new", "alice", 0).Block("n1", "new");

        protected override Scenario Story => _story;
    }
}
