using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Simulations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Settling;

/// <summary>What exceeds a bound leaves by rule: the rules of <see cref="BoundsTests"/> fact by fact, in a fold that holds a few entries.</summary>
public sealed class SmallBoundsTests
{
    private static readonly PoolBounds s_bounds = new(Waiting: 3, Settled: 2, SettledHashes: 2, Idle: 2);

    [Fact]
    public void The_oldest_of_too_many_waiting_transactions_expires_and_is_counted()
    {
        var story = Bounded().Seen("a").Seen("b").Seen("c");
        Assert.Empty(story.TakeTrace());
        Assert.Equal(0UL, story.Engine.Observations.Propagation(60).LetGo);

        story.Seen("d").Seen("e");

        Assert.Equal(["a: Seen -> Expired after 0 s", "b: Seen -> Expired after 0 s"], story.TakeTrace());
        Assert.Equal(2UL, story.Engine.Observations.Propagation(60).LetGo);
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void What_waits_behind_a_transaction_that_expired_is_queued()
    {
        var story = Bounded().NonceReported("alice", 0).Arrives("a0", "alice", 0).Arrives("a1", "alice", 1).Seen("b");
        story.TakeTrace();

        story.Seen("c");

        Assert.Equal(["a0: Pending -> Expired after 0 s", "a1: Pending -> Queued"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void The_first_of_too_many_settled_transactions_leaves_and_then_its_hash()
    {
        var story = Bounded();
        foreach (string tx in new[] { "a", "b", "c", "d", "e", "f", "g" })
        {
            story.Seen(tx);
        }

        // waiting: e f g; settled: c d; remembered: a b
        Assert.Equal((5, TxState.Expired, TxState.Expired), (story.Engine.Pool.TxCount, story.StateOf("a"), story.StateOf("b")));
        Assert.Equal((false, true), (story.Engine.Pool.TryGetTx(Named.Tx("b"), out _), story.Engine.Pool.TryGetTx(Named.Tx("c"), out _)));
        story.Engine.AssertInvariants();

        story.Seen("h");
        Assert.Equal((5, TxState.Unknown, TxState.Expired), (story.Engine.Pool.TxCount, story.StateOf("a"), story.StateOf("b")));
        story.TakeTrace();
        story.Seen("b");
        Assert.Empty(story.TakeTrace());
        story.Seen("a");
        Assert.Equal((TxState.Seen, "f: Seen -> Expired after 0 s"), (story.StateOf("a"), Assert.Single(story.TakeTrace())));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void Too_many_confirmed_transactions_leave_with_the_block_that_confirms_them()
    {
        var story = Bounded().Arrives("a", "alice", 0).Arrives("b", "bob", 0).Arrives("c", "carol", 0).Block("b1", "a", "b", "c").EmptyBlocks(4);

        Assert.Equal((2, TxState.Confirmed), (story.Engine.Pool.TxCount, story.StateOf("a")));
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("a"), out _));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void The_longest_idle_of_too_many_accounts_is_forgotten()
    {
        var story = Bounded().NonceReported("alice", 7).NonceReported("bob", 7);
        Assert.Equal((true, true), (IsKnown(story, "alice"), IsKnown(story, "bob")));

        story.NonceReported("carol", 7);
        Assert.Equal((false, true, true), (IsKnown(story, "alice"), IsKnown(story, "bob"), IsKnown(story, "carol")));

        story.Arrives("c7", "carol", 7).NonceReported("dora", 7); // carol is no longer idle, which makes room
        Assert.Equal((true, true, true), (IsKnown(story, "bob"), IsKnown(story, "carol"), IsKnown(story, "dora")));
        story.NonceReported("erin", 7);
        Assert.Equal((false, true, true), (IsKnown(story, "bob"), IsKnown(story, "carol"), IsKnown(story, "dora")));
        story.Engine.AssertInvariants();
    }

    private static Scenario Bounded() => Stories.Bounded(s_bounds, SimBases.MaxSims, Stories.Short);

    private static bool IsKnown(Scenario story, string account) => story.Engine.Pool.TryGetSender(Named.Account(account), out _);
}
