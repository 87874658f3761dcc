using Mempulse.Features.Book;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>The book of pools as the log tells it: asked for by pending trades, read at a block, moved by events and set aside.</summary>
public sealed class PoolBookFoldTests : BookStory
{
    [Fact]
    public void A_pending_trade_asks_for_the_pools_of_its_tokens_and_of_each_with_the_hub()
    {
        Trade(A, B);

        Assert.Equal(
            new[] { Pool("f1"), Pool("f2"), Pool("f1", B, Hub), Pool("f2", B, Hub), Pool("f1", A, Hub), Pool("f2", A, Hub) }.Order(),
            Watch.Wanted(100).Select(static pool => pool.Key).Order());
        Assert.Equal(2, Watch.Wanted(2).Count);
        Assert.Equal(new[] { Pool("f1"), Pool("f2") }.Order(), Watch.Wanted(2).Select(static pool => pool.Key).Order());
        Assert.Equal((6, 0), (Watch.WantedCount, Book.Count));
        AssertReplays();
    }

    [Fact]
    public void A_pool_is_quoted_once_it_was_read_and_moves_with_its_events()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);

        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        Assert.Equal([Pool("f1")], Book.Changed);
        Assert.Equal([B], Book.NeighboursOf(A));
        Assert.Equal(["f1"], Book.PoolsOf(B, A).Select(static pool => pool.Protocol));

        Story.Block("b1", "t1");
        Assert.Empty(Book.Changed);
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900), (Pool("f1"), 1_200, 1_800), (Pool("f2"), 5, 5));

        Assert.Equal((1_200, 1_800, true), ReservesOf("f1"));
        Assert.Equal(Named.Block("b1"), Book.Head!.Value.Hash);
        Assert.False(Book.TryGet(Pool("f2"), out _));
        AssertReplays();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reading_that_comes_late_counts_only_if_nothing_touched_the_pool_since(bool isTouched)
    {
        Trade(A, B);
        Observe("base", Pool("f2"), 1, 1);
        Story.Block("b1", "t1");
        Synced("b1", "t1", (isTouched ? Pool("f1") : Pool("f2"), 1_100, 1_900));

        Observe("base", Pool("f1"), 1_000, 2_000);

        Assert.Equal(!isTouched, Book.TryGet(Pool("f1"), out _));
        Assert.Equal(isTouched ? 1UL : 0, Watch.NotTaken);
        AssertReplays();
    }

    [Fact]
    public void A_reading_at_a_block_that_was_left_or_of_a_pool_nothing_asked_for_is_counted_and_not_taken()
    {
        Trade(A, B);
        Story.Block("b1", "t1").Reorg("base").Block("c1", "t1");
        Synced("c1", "t1");

        Observe("b1", Pool("f1"), 1, 1);
        Observe("c1", PoolKey.Of(RouterAccount), 1, 1);
        Story.Fact(new LogEvent.PoolObserved(Named.Block("base"), NumberOf("base"), Pool("f1").Contract, default, true, [])); // without its slot

        Assert.Equal((0, 3UL), (Book.Count, Watch.NotTaken));
        AssertReplays();
    }

    [Fact]
    public void A_pool_that_does_not_exist_is_asked_for_again_when_it_is_created()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 0, 0);
        Assert.DoesNotContain(Pool("f1"), Watch.Wanted(100).Select(static pool => pool.Key));

        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 10, 20));

        Assert.Contains(Pool("f1"), Watch.Wanted(100).Select(static pool => pool.Key));
        AssertReplays();
    }

    [Fact]
    public void A_divergence_sets_a_pool_aside_until_it_is_read_anew()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);

        Story.Fact(new LogEvent.StateDivergence(Named.Block("base"), NumberOf("base"), Pool("f1").Contract, default, DivergenceCause.StorageMutated, new ObservedSlot(8, 1), 2));
        Assert.False(Book.TryGet(Pool("f1"), out _));
        Assert.Equal([Pool("f1")], Book.Changed);
        Assert.Empty(Book.NeighboursOf(A));

        Observe("base", Pool("f1"), 1_001, 2_002);
        Assert.Equal((1_001, 2_002, true), ReservesOf("f1"));
        AssertReplays();
    }

    [Fact]
    public void A_sample_says_what_the_storage_has_to_be_at_the_head_of_the_book()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Observe("base", Pool("f2"), 3, 4);
        Story.Block("b1", "t1");
        Assert.Empty(Watch.Samples(Named.Block("b1"), 4)); // its events are not known yet
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));

        var samples = Watch.Samples(Named.Block("b1"), 4);

        Assert.Equal(new[] { Pool("f1"), Pool("f2") }.Order(), samples.Select(static sample => sample.Key).Order());
        Assert.Single(Watch.Samples(Named.Block("b1"), 1));
        var sample = samples.Single(sample => sample.Key == Pool("f1"));
        var expected = Assert.Single(sample.Expectations);
        Assert.Equal(DivergenceCause.StorageMutated, sample.Cause);
        Assert.True(expected.IsMetBy(Packed(1_100, 1_900, timestamp: 77)) && !expected.IsMetBy(Packed(1_100, 1_901, timestamp: 77)) && !expected.IsMetBy(Packed(1_101, 1_900, timestamp: 0)));
    }

    [Fact]
    public void An_event_that_is_not_known_is_named_as_the_cause_if_the_state_differs()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");
        Receipts("b1", 0, ReceiptsContinuation.Complete, Receipt("t1", new TxLog(Pool("f1").Contract, [Named.Tx("topic")], default)));

        Assert.Equal(DivergenceCause.MissedLog, Assert.Single(Watch.Samples(Named.Block("b1"), 4)).Cause);
        AssertReplays();
    }
}
