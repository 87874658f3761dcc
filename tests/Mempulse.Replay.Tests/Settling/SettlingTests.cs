using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Settling;

public sealed class SettlingTests
{
    [Fact]
    public void An_inclusion_is_confirmed_at_the_configured_depth_and_not_before()
    {
        var story = new Scenario(Stories.Short).Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(3);
        Assert.Equal(TxState.Included, story.StateOf("a"));

        story.EmptyBlocks(1);

        Assert.Equal("a: Confirmed in b1", story.Trace[^1]);
        Assert.Equal(100ul, story.Engine.Pool.Final!.Value.Value);
    }

    [Fact]
    public void Later_facts_do_not_reopen_a_confirmed_transaction()
    {
        var story = new Scenario(Stories.Short).Block("base").Seen("a").Knows(new ScenarioTx("a", "alice", 0)).Block("b1", "a").EmptyBlocks(4);
        Assert.Equal(TxState.Confirmed, story.StateOf("a"));
        story.TakeTrace();

        story.Decoded(new ScenarioTx("a", "alice", 0)).Seen("a", "beta").Arrives("rival", "alice", 0, fee: 1_000, tip: 1_000);
        story.Reorg("base");

        Assert.Equal(["rival: Seen -> Replaced by a in a block"], story.TakeTrace());
        Assert.Equal(TxState.Confirmed, story.StateOf("a"));
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var a));
        Assert.NotNull(a.Body);
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_settled_transaction_leaves_and_late_duplicates_of_it_change_nothing()
    {
        var story = new Scenario(Stories.Short).Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(6);
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("a"), out _));
        Assert.Equal(TxState.Confirmed, story.StateOf("a"));
        story.TakeTrace();

        story.Seen("a", "beta").Decoded(new ScenarioTx("a", "alice", 0)).Block("again", "a");

        Assert.Empty(story.TakeTrace());
        Assert.Equal(0, story.Engine.Pool.TxCount);
        story.Engine.AssertInvariants();
    }

    /// <summary>After a gap a node may report a lower next nonce than the chain had proven. The nonce of the confirmed transaction is free again when that leaves.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void A_confirmed_transaction_at_or_above_the_next_nonce_leaves_a_gap(ulong reported)
    {
        var story = new Scenario(Stories.Short).Block("base").Arrives("a5", "alice", 5).Block("b1", "a5")
            .Fact(new LogEvent.ChainGap(new BlockNumber(90), new BlockNumber(91), "the node was away"))
            .NonceReported("alice", reported).Arrives("a4", "alice", 4).Arrives("a6", "alice", 6);
        Assert.Equal(TxState.Pending, story.StateOf("a6"));

        story.EmptyBlocks(5);
        Assert.Equal(TxState.Pending, story.StateOf("a6"));
        story.EmptyBlocks(1);

        Assert.Equal("a6: Pending -> Queued", story.Trace[^1]);
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("a5"), out _));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_transaction_expires_by_block_time_alone()
    {
        var story = new Scenario(Stories.Short).Block("b1").Arrives("a0", "alice", 0).Seen("only a hash");
        for (int i = 0; i < 500; i++)
        {
            story.Seen("noise", $"source {i % 3}");
        }

        Assert.Equal(TxState.Pending, story.StateOf("a0"));
        story.TakeTrace();
        story.BlockTimeSeconds += 89;
        story.Block("b2");

        Assert.Equal(
            ["a0: Pending -> Expired after 101 s", "only a hash: Seen -> Expired after 101 s", "noise: Seen -> Expired after 101 s"],
            story.TakeTrace());
    }

    [Fact]
    public void Transactions_behind_an_expired_one_are_queued_again()
    {
        var story = new Scenario(Stories.Short).NonceReported("alice", 0).Block("b1").Arrives("a0", "alice", 0);
        story.BlockTimeSeconds += 48;
        story.Block("b2").Arrives("a1", "alice", 1);
        story.TakeTrace();

        story.BlockTimeSeconds += 48;
        story.Block("b3");

        Assert.Equal(["a0: Pending -> Expired after 120 s", "a1: Pending -> Queued"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_wait_from_before_the_first_block_counts_from_that_block()
    {
        var story = new Scenario(Stories.Short).Arrives("a", "alice", 0).Block("b1").EmptyBlocks(8);
        Assert.Equal(TxState.Pending, story.StateOf("a"));

        story.EmptyBlocks(1);

        Assert.Equal(TxState.Expired, story.StateOf("a"));
    }

    [Fact]
    public void A_block_brings_an_expired_transaction_back()
    {
        var story = new Scenario(Stories.Short).Block("b1").Arrives("a", "alice", 0);
        story.BlockTimeSeconds += 1_000;
        story.Block("b2").EmptyBlocks(3);
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("a"), out _));
        story.TakeTrace();

        story.Seen("a").Block("b3", "a");

        Assert.Equal(["a: Expired -> Included in b3 at 0"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void Parameters_change_at_the_epoch_that_states_them()
    {
        var story = new Scenario(Stories.Short).Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(2);

        story.Fact(new LogEvent.EpochStarted(new(2), Scenario.Chain, "another writer", Stories.Short with { ConfirmationDepthBlocks = 1 })).EmptyBlocks(1);

        Assert.Equal(TxState.Confirmed, story.StateOf("a"));
    }
}
