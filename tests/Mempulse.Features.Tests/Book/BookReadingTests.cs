using Mempulse.Features.Book;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>Which readings the book asks for and takes, and which pools it holds against the chain.</summary>
public sealed class BookReadingTests : BookStory
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void As_many_pools_as_fit_are_asked_for_over_all_pairs(int most)
    {
        Trade(A, B);

        Assert.Equal(most, Watch.Wanted(most).Count);
    }

    [Fact]
    public void Samples_go_on_from_the_first_pool_where_the_last_ends()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Observe("base", Pool("f2"), 3, 4);
        for (int i = 1; i < 10; i++)
        {
            Story.Block($"b{i}", $"t{i}");
            Synced($"b{i}", $"t{i}", (Pool("f1"), 1_100 + (ulong)i, 1_900));
            Assert.Equal(2, Watch.Samples(Named.Block($"b{i}"), 2).Select(static sample => sample.Key).Distinct().Count());
        }
    }

    [Fact]
    public void A_reading_is_not_taken_while_a_block_that_touches_the_pool_is_applied()
    {
        Trade(A, B);
        Observe("base", Pool("f2"), 1, 1);
        Story.Block("b1", "t1", "t2");
        Receipts("b1", 0, ReceiptsContinuation.Receipts, Receipt("t1", Sync(Pool("f1"), 1_100, 1_900)));

        Observe("base", Pool("f1"), 1_000, 2_000);

        Assert.False(Book.TryGet(Pool("f1"), out _));
        Assert.Equal(1UL, Watch.NotTaken);
        AssertReplays();
    }

    [Fact]
    public void A_divergence_of_a_pool_that_does_not_exist_or_is_still_to_be_read_changes_nothing()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 0, 0); // it does not exist
        var wanted = Watch.Wanted(100);

        foreach (string factory in new[] { "f1", "f2" })
        {
            Diverge("base", Pool(factory));
            Assert.Equal(wanted, Watch.Wanted(100));
            Assert.Empty(Book.Changed);
        }

        AssertReplays();
    }

    [Fact]
    public void A_state_that_was_found_wrong_while_it_is_set_aside_is_not_brought_back_by_a_reorg()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Observe("base", Pool("f2"), 3, 4);
        Story.Block("b1", "t1");
        Receipts("b1", 0, ReceiptsContinuation.Complete, Receipt("t1") with { OmittedLogs = 1 });
        Assert.Equal(0, Book.Count);

        Diverge("base", Pool("f1"));
        Story.Reorg("base");

        Assert.Equal((false, true), (Book.TryGet(Pool("f1"), out _), Book.TryGet(Pool("f2"), out _)));
        Assert.Contains(Pool("f1"), Watch.Wanted(100).Select(static pool => pool.Key));
        AssertReplays();
    }

    [Fact]
    public void A_reading_from_before_eight_blocks_is_taken_if_none_of_them_touched_the_pool()
    {
        Trade(A, B);
        Observe("base", Pool("f2"), 1, 1);
        for (int i = 1; i <= BookChain.MaxRecent; i++)
        {
            Story.Block($"b{i}", $"t{i}");
            Synced($"b{i}", $"t{i}", (Pool("f2"), 1_100, 1_900));
        }

        Observe("base", Pool("f1"), 1_000, 2_000);

        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
    }

    [Fact]
    public void What_an_undone_block_touched_does_not_spoil_a_reading_after_the_reorg()
    {
        Trade(A, B);
        Observe("base", Pool("f2"), 1, 1);
        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900)); // touches the pool that is not read yet
        Story.Reorg("base").Block("c1", "t2");
        Synced("c1", "t2", (Pool("f2"), 2, 2));

        Observe("base", Pool("f1"), 1_000, 2_000);

        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        AssertReplays();
    }

    [Fact]
    public void A_hub_has_no_pool_with_itself()
    {
        Trade(A, Hub);

        Assert.Equal(new[] { Pool("f1", A, Hub), Pool("f2", A, Hub) }.Order(), Watch.Wanted(100).Select(static pool => pool.Key).Order());
    }

    private void Diverge(string block, PoolKey pool) => Story.Fact(
        new LogEvent.StateDivergence(Named.Block(block), NumberOf(block), pool.Contract, pool.Id, DivergenceCause.StorageMutated, new ObservedSlot(8, 1), 2));
}
