using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>The book follows the canonical chain block by block, and keeps nothing that may be wrong where it cannot.</summary>
public sealed class BookBlocksTests : BookStory
{
    [Fact]
    public void A_reorg_takes_back_what_the_blocks_that_were_left_did()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));
        Story.Block("b2", "t2");
        Synced("b2", "t2", (Pool("f1"), 1_200, 1_800));
        Observe("b2", Pool("f2"), 7, 8);

        Story.Reorg("b1");
        Assert.Equal((1_100, 1_900, true), ReservesOf("f1"));
        Assert.False(Book.TryGet(Pool("f2"), out _)); // it was read at a block that was left
        Assert.Equal(new[] { Pool("f1"), Pool("f2") }.Order(), Book.Changed);

        Story.Reorg("base").Block("c1", "t2");
        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        Synced("b1", "t1", (Pool("f1"), 5, 5)); // of the block that was left, at the same height
        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        Synced("c1", "t2", (Pool("f1"), 990, 2_020));
        Assert.Equal((990, 2_020, true), ReservesOf("f1"));
        Assert.Equal(Named.Block("c1"), Book.Head!.Value.Hash);
        AssertReplays();
    }

    [Fact]
    public void A_reading_of_a_block_whose_events_are_still_to_come_would_be_ahead_of_the_others_and_is_not_taken()
    {
        Trade(A, B);
        Observe("base", Pool("f2"), 3, 4);
        Story.Block("b1", "t1");
        Observe("b1", Pool("f1"), 1_100, 1_900);
        Assert.Equal((Named.Block("base"), 1, 1UL), (Book.Head!.Value.Hash, Book.Count, Watch.NotTaken));

        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));
        Observe("b1", Pool("f1"), 1_100, 1_900);
        Synced("b1", "t1", (Pool("f1"), 1, 1)); // they come once more
        Assert.Equal((1_100, 1_900, true), ReservesOf("f1"));

        Story.Block("b2", "t2");
        Synced("b2", "t2", (Pool("f1"), 1_200, 1_800));
        Assert.Equal((1_200, 1_800, true), ReservesOf("f1"));
        AssertReplays();
    }

    [Fact]
    public void Parts_of_a_block_are_applied_in_their_order_and_again_after_a_restart()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1", "t2");
        var (first, second) = (Receipt("t1", Sync(Pool("f1"), 1_100, 1_900)), Receipt("t2", Sync(Pool("f1"), 1_200, 1_800)));

        Receipts("b1", 1, ReceiptsContinuation.Complete, second); // the first part was lost
        Assert.Equal((Named.Block("base"), (1_000, 2_000, true)), (Book.Head!.Value.Hash, ReservesOf("f1")));

        Receipts("b1", 0, ReceiptsContinuation.Receipts, first);
        Receipts("b1", 0, ReceiptsContinuation.Logs, Receipt("t1")); // cut before its first log
        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        Receipts("b1", 0, ReceiptsContinuation.Receipts, first);
        Assert.Equal((Named.Block("base"), (1_000, 2_000, true)), (Book.Head!.Value.Hash, ReservesOf("f1"))); // a part of a block is not seen
        Assert.Empty(Book.Changed);
        Receipts("b1", 1, ReceiptsContinuation.Complete, second);

        Assert.Equal((Named.Block("b1"), (1_200, 1_800, true)), (Book.Head!.Value.Hash, ReservesOf("f1")));
        AssertReplays();
    }

    [Fact]
    public void Parts_that_come_again_after_a_restart_take_the_place_of_those_that_came_before()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1", "t2");
        var (first, second) = (Receipt("t1", Sync(Pool("f1"), 1_100, 1_900)), Receipt("t2", Sync(Pool("f1"), 1_200, 1_800)));

        Receipts("b1", 0, ReceiptsContinuation.Receipts, first with { Logs = [], OmittedLogs = 1 });
        Receipts("b1", 0, ReceiptsContinuation.Receipts, first);
        Receipts("b1", 1, ReceiptsContinuation.Complete, second);

        Assert.Equal((Named.Block("b1"), (1_200, 1_800, true)), (Book.Head!.Value.Hash, ReservesOf("f1")));
        AssertReplays();
    }

    [Fact]
    public void A_part_that_was_lost_is_missed_even_if_it_had_no_logs()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1", "t2", "t3");

        Receipts("b1", 0, ReceiptsContinuation.Receipts, Receipt("t1"));
        Story.Fact(new LogEvent.ReceiptsObserved(Named.Block("b1"), NumberOf("b1"), 2, true, [Receipt("t3", Sync(Pool("f1"), 1_100, 1_900))])
        {
            Continuation = ReceiptsContinuation.Complete,
            FirstLog = 0, // the receipt between had none, or they are lost with it
        });

        Assert.Equal((Named.Block("base"), (1_000, 2_000, true)), (Book.Head!.Value.Hash, ReservesOf("f1")));
    }

    [Fact]
    public void Parts_of_one_receipt_are_applied_in_their_order_and_once()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");

        Part(0, ReceiptsContinuation.Logs, Sync(Pool("f1"), 1_100, 1_900));
        Part(2, ReceiptsContinuation.Complete, Sync(Pool("f1"), 1_300, 1_700)); // the part before was lost
        Assert.Equal(Named.Block("base"), Book.Head!.Value.Hash);

        Part(1, ReceiptsContinuation.Logs, Sync(Pool("f1"), 1_200, 1_800));
        Part(2, ReceiptsContinuation.Logs, Sync(Pool("f1"), 1_250, 1_750));
        Part(1, ReceiptsContinuation.Logs, Sync(Pool("f1"), 1_200, 1_800)); // it comes twice
        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        Part(3, ReceiptsContinuation.Complete, Sync(Pool("f1"), 1_300, 1_700));

        Assert.Equal((Named.Block("b1"), (1_300, 1_700, true)), (Book.Head!.Value.Hash, ReservesOf("f1")));
        AssertReplays();

        void Part(int firstLog, ReceiptsContinuation continuation, TxLog log) => Story.Fact(
            new LogEvent.ReceiptsObserved(Named.Block("b1"), NumberOf("b1"), 0, true, [Receipt("t1", log)]) { Continuation = continuation, FirstLog = firstLog });
    }

    [Fact]
    public void Pools_are_read_at_the_block_whose_events_were_applied_last()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");
        Assert.Equal(Named.Block("base"), Watch.At!.Value.Hash); // at the head, a pool would be one block ahead of the others

        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));

        Assert.Equal((Named.Block("b1"), NumberOf("b1")), (Watch.At!.Value.Hash, Watch.At!.Value.Number));
    }

    [Fact]
    public void A_block_without_transactions_needs_no_receipts()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1").Block("e2").Block("e3");
        Assert.Equal(Named.Block("base"), Book.Head!.Value.Hash);

        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));

        Assert.Equal(Named.Block("e3"), Book.Head!.Value.Hash);
        Story.Block("e4");
        Assert.Equal(Named.Block("e4"), Book.Head!.Value.Hash);
        AssertReplays();
    }

    [Fact]
    public void Claims_of_a_node_move_nothing()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");

        Receipts("b1", 0, ReceiptsContinuation.Complete, isVerified: false, Receipt("t1", Sync(Pool("f1"), 1, 1)));

        Assert.Equal((Named.Block("base"), (1_000, 2_000, true)), (Book.Head!.Value.Hash, ReservesOf("f1")));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void A_book_that_is_more_than_eight_blocks_behind_is_read_anew(int blocks, bool isKept)
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        for (int i = 0; i < blocks; i++)
        {
            Story.Block($"n{i}", $"m{i}");
        }

        Assert.Equal(isKept, Book.TryGet(Pool("f1"), out _));
        AssertReplays();
    }

    [Fact]
    public void Receipts_with_omitted_logs_set_every_pool_aside_at_their_block()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1").Block("b2", "t2");

        Receipts("b1", 0, ReceiptsContinuation.Complete, Receipt("t1", Sync(Pool("f1"), 1_100, 1_900)) with { OmittedLogs = 1 });

        Assert.Equal((0, Named.Block("b1")), (Book.Count, Watch.At!.Value.Hash));
        Observe("base", Pool("f1"), 1_000, 2_000);
        Assert.Equal((0, 1UL), (Book.Count, Watch.NotTaken)); // an event that is not known may have moved it since
        Observe("b1", Pool("f1"), 1_150, 1_850);
        Assert.Equal((1_150, 1_850, true), ReservesOf("f1"));
        Synced("b2", "t2", (Pool("f1"), 1_200, 1_800));
        Assert.Equal((1_200, 1_800, true), ReservesOf("f1"));
        AssertReplays();
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("event")]
    [InlineData("lag")]
    public void A_reorg_brings_back_what_was_set_aside_without_reading_it_anew(string reason)
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));
        Story.Block("b2", "t2");
        switch (reason)
        {
            case "logs":
                Receipts("b2", 0, ReceiptsContinuation.Complete, Receipt("t2") with { OmittedLogs = 1 });
                break;
            case "event":
                Receipts("b2", 0, ReceiptsContinuation.Complete, Receipt("t2", new TxLog(Pool("f1").Contract, Sync(Pool("f1"), 1, 1).Topics, new byte[3])));
                break;
            default:
                Enumerable.Range(0, 9).ToList().ForEach(index => Story.Block($"n{index}", $"m{index}"));
                break;
        }

        Assert.Equal((0, true), (Book.Count, IsWanted("f1", A, B)));
        Story.Reorg("b1");

        Assert.Equal((1_100, 1_900, true), ReservesOf("f1"));
        Assert.Equal(Named.Block("b1"), Book.Head!.Value.Hash);
        AssertReplays();
    }

    [Fact]
    public void A_chain_that_was_abandoned_leaves_nothing_that_may_be_wrong()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);

        Story.BeginAnew("genesis");
        Assert.Equal(0, Book.Count);
        Observe("genesis", Pool("f1"), 5, 6);
        Assert.Equal(1, Book.Count);
        AssertReplays();
    }
}
