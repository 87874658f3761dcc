using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Reorgs;

/// <summary>A chain that is left beyond finality: what was confirmed stays confirmed there, and nothing of it holds on the new chain.</summary>
public sealed class ChainAbandonmentTests
{
    [Fact]
    public void Confirmed_transactions_of_an_abandoned_chain_stay_confirmed()
    {
        var story = Confirmed().Arrives("b", "bob", 0).Block("b6", "b");

        story.BeginAnew("genesis");

        Assert.Equal((TxState.Confirmed, TxState.Pending), (story.StateOf("a"), story.StateOf("b")));
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var a));
        Assert.True(a.Inclusion!.IsAbandoned);
        Assert.Equal(Named.Block("genesis"), story.Engine.Pool.Head!.Value.Hash);
        var left = Assert.Single(story.Engine.Pool.Abandoned);
        Assert.Equal((Named.Block("b6"), Named.Block("genesis")), (left.OldHead, left.NewHead));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void No_transaction_of_the_new_chain_is_replaced_by_one_of_the_old()
    {
        var story = Confirmed().BeginAnew("genesis");
        story.TakeTrace();

        story.Arrives("fresh", "alice", 0).Arrives("next", "alice", 1).Block("n1", "fresh");

        Assert.Equal((TxState.Included, TxState.Pending, TxState.Confirmed), (story.StateOf("fresh"), story.StateOf("next"), story.StateOf("a")));
        Assert.DoesNotContain(story.Trace, static line => line.Contains("Replaced", StringComparison.Ordinal));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void The_same_transaction_lives_again_on_the_new_chain()
    {
        var story = Confirmed().BeginAnew("genesis");

        story.Block("n1", "a");
        Assert.Equal(TxState.Included, story.StateOf("a"));
        story.Engine.AssertInvariants();

        var seen = Confirmed().BeginAnew("genesis").Seen("a");
        Assert.Equal(TxState.Seen, seen.StateOf("a"));
        seen.Engine.AssertInvariants();
    }

    [Fact]
    public void A_transaction_that_left_the_fold_may_come_back_on_the_new_chain()
    {
        var story = Confirmed().EmptyBlocks(8);
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("a"), out _));

        story.BeginAnew("genesis").Block("n1", "a");

        Assert.Equal(TxState.Included, story.StateOf("a"));
    }

    [Fact]
    public void Finality_is_reached_again_and_a_restored_checkpoint_agrees()
    {
        var story = Confirmed().BeginAnew("genesis").Arrives("fresh", "alice", 0).Block("n1", "fresh").EmptyBlocks(5);
        var saved = new ByteBuffer();
        story.Engine.SaveCheckpoint(saved);

        var restored = FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan);

        Assert.Equal(TxState.Confirmed, story.StateOf("fresh"));
        Assert.Equal(story.Engine.Digest(), restored.Digest());
        Assert.Equal(story.Engine.Pool.Abandoned, restored.Pool.Abandoned);
        restored.AssertInvariants();
    }

    [Fact]
    public void The_last_sixteen_abandoned_chains_are_remembered()
    {
        var story = Confirmed();
        for (int i = 1; i <= 16; i++)
        {
            story.BeginAnew($"genesis {i}");
        }

        Assert.Equal(Named.Block("genesis 1"), story.Engine.Pool.Abandoned[0].NewHead);
        story.BeginAnew("genesis 17");
        Assert.Equal(Enumerable.Range(2, 16).Select(static i => Named.Block($"genesis {i}")), story.Engine.Pool.Abandoned.Select(static left => left.NewHead));
        story.BeginAnew("genesis 18");
        Assert.Equal((16, Named.Block("genesis 3")), (story.Engine.Pool.Abandoned.Count, story.Engine.Pool.Abandoned[0].NewHead));
        Stories.AssertReplays(story);
    }

    [Fact]
    public void A_chain_that_is_left_again_before_its_first_block_is_on_record_in_the_state_at_once()
    {
        var story = Confirmed();
        foreach (string genesis in new[] { "genesis 1", "genesis 2" })
        {
            story.Fact(new LogEvent.FinalityViolated(Named.Block(genesis), new BlockNumber(100), default, default, null, null, "begun anew"));
            story.Engine.AssertInvariants();
        }

        Assert.Equal([Named.Block("genesis 1"), Named.Block("genesis 2")], story.Engine.Pool.Abandoned.Select(static left => left.NewHead));
        Stories.AssertReplays(story);
    }

    /// <summary>Alice's first transaction is final.</summary>
    private static Scenario Confirmed() =>
        new Scenario(Stories.Short).Block("base").Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(4);
}
