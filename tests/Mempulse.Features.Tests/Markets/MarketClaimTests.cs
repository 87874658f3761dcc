using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>What the markets do not take: receipts without proof, and what is of a block that was left.</summary>
public sealed class MarketClaimTests : MarketStory
{
    [Fact]
    public void Receipts_that_are_claims_move_nothing_and_ask_for_nothing()
    {
        Story.Block("b0", "t9");
        Claimed("b0", Receipt("t9", Borrow(Bob)));
        Assert.Equal(0, Watch.MarketCount);

        Known();
        Story.Block("b2", "t1");
        Claimed("b2", Receipt("t1", Answer(EtherFeed, 5)));

        Assert.Equal((Named.Block("b1"), (UInt256)2_000 * BaseUnit), (Book.Head!.Value.Hash, Reserve(EtherToken).Price));
        AssertReplays();
    }

    [Fact]
    public void Receipts_of_a_block_that_was_left_move_nothing()
    {
        Known();
        Story.Block("b2", "t1").Reorg("b1").Block("c2", "t2");

        Receipts("b2", Receipt("t1", Answer(EtherFeed, 5)));

        Assert.Equal((Named.Block("b1"), (UInt256)2_000 * BaseUnit), (Book.Head!.Value.Hash, Reserve(EtherToken).Price));

        Receipts("c2", Receipt("t2", Answer(EtherFeed, 6)));
        Assert.Equal((Named.Block("c2"), (UInt256)6), (Book.Head!.Value.Hash, Reserve(EtherToken).Price));
        AssertReplays();
    }

    [Fact]
    public void A_reading_of_a_block_that_was_left_is_not_taken_although_the_markets_are_at_its_height()
    {
        Borrowed("b0", "t9", Bob);
        Story.Block("b1", "t1").Reorg("b0").Block("c1", "t2");
        Receipts("c1", Receipt("t2"));

        ObserveMarket("b1", Storage());
        Assert.Equal((1UL, 0), (Watch.NotTaken, Watch.HeldMarkets));

        ObserveMarket("c1", Storage());
        Assert.Equal((1UL, 1), (Watch.NotTaken, Watch.HeldMarkets));
        AssertReplays();
    }

    private void Claimed(string block, TxResult receipt) =>
        Story.Fact(new LogEvent.ReceiptsObserved(Named.Block(block), NumberOf(block), 0, IsVerified: false, [receipt]) { Continuation = ReceiptsContinuation.Complete });
}
