using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Reorgs;

public sealed class ReorgTests
{
    [Fact]
    public void Reorg_reopens_included_transactions()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a");
        story.TakeTrace();

        story.Reorg("base");

        Assert.Equal(["a: Included in b1 -> Pending"], story.TakeTrace());
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void Reorg_of_depth_three_with_transactions_re_included_dropped_and_replaced()
    {
        var story = new Scenario().Block("base")
            .Arrives("kept", "alice", 0)
            .Arrives("dropped", "bob", 0)
            .Arrives("late", "bob", 1)
            .Arrives("loser", "carol", 0)
            .Knows(new ScenarioTx("winner", "carol", 0))
            .Block("b1", "kept").Block("b2", "dropped", "late").Block("b3", "loser");
        story.TakeTrace();

        story.Reorg("base").Block("c1").Block("c2", "winner").Block("c3", "kept");

        Assert.Equal(
            [
                "kept: Included in b1 -> Pending",
                "dropped: Included in b2 -> Pending",
                "late: Included in b2 -> Pending",
                "loser: Included in b3 -> Pending",
                "winner: Unknown -> Included in c2 at 0",
                "loser: Pending -> Replaced by winner in a block",
                "kept: Pending -> Included in c3 at 0",
            ],
            story.TakeTrace());
        Assert.Equal(TxState.Included, story.StateOf("kept"));
        Assert.Equal(TxState.Pending, story.StateOf("dropped"));
        Assert.Equal(TxState.Pending, story.StateOf("late"));
        Assert.Equal(TxState.Replaced, story.StateOf("loser"));
        Assert.Equal(0ul, story.Engine.DivergenceCount);
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_wrong_nonce_is_discarded_when_a_transaction_that_contradicts_it_is_reopened()
    {
        var story = new Scenario().Block("base")
            .Knows(new ScenarioTx("carrier", "erin", 0) { Type = TxType.SetCode, Authorizes = [("alice", 3)] })
            .Block("b1", "carrier").Arrives("a0", "alice", 0);
        Assert.Equal(TxState.Replaced, story.StateOf("a0"));

        story.Block("b2", "a0").Reorg("b1");

        Assert.Equal(TxState.Pending, story.StateOf("a0"));
        story.Engine.AssertInvariants();
        story.NonceReported("alice", 0);
        Assert.True(story.Engine.Pool.TryGetSender(Named.Account("alice"), out var alice));
        Assert.Equal(0ul, alice.Next!.Value.Value);
    }

    [Fact]
    public void A_transaction_that_two_blocks_name_is_reopened_once()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a").Block("b2", "a");
        story.TakeTrace();

        story.Reorg("base");

        Assert.Equal(["a: Included in b2 -> Pending"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void Final_blocks_are_never_undone()
    {
        var story = new Scenario(Stories.Short).Block("base").Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(4);
        var before = story.Engine.Pool.Final;
        story.TakeTrace();

        story.Reorg("base").Block("c1");

        Assert.Empty(story.TakeTrace());
        Assert.Equal(before, story.Engine.Pool.Final);
        story.Engine.AssertInvariants();
    }
}
