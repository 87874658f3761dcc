using Mempulse.Features.Book;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>Markets of Compound V3 as the log tells of them: asked for by their events, read at a block, priced by feeds, and set aside by whatever may have moved them.</summary>
public sealed class CompoundBookTests : CompoundStory
{
    [Fact]
    public void A_market_is_asked_for_when_it_emits_an_event_and_an_account_when_it_may_borrow()
    {
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", Withdraw(Bob)));
        Assert.Equal([(Comet, Mempulse.Features.Registry.LendingForm.CompoundV3, default(Address), true, 0)], Watch.Wanted(10).Select(static task => (task.Market, task.Form, task.Oracle, task.IsWanted, task.Accounts.Count)));

        ObserveComet("b1");
        var task = Assert.Single(Watch.Wanted(10));
        Assert.Equal((false, 2), (task.IsWanted, task.Reserves.Count));
        Assert.Equal([Bob], task.Accounts);
        Assert.Equal([new SlotOf(Comet, CompoundSlots.Account(Bob))], task.MissingSlots(Bob, new MarketValues()));
        AssertReplays();
    }

    [Theory]
    [InlineData("Withdraw(address,address,uint256)", 2, 0)]
    [InlineData("WithdrawCollateral(address,address,address,uint256)", 3, 0)]
    [InlineData("SupplyCollateral(address,address,address,uint256)", 3, 1)]
    [InlineData("TransferCollateral(address,address,address,uint256)", 3, 1)]
    [InlineData("Supply(address,address,uint256)", 2, -1)]
    [InlineData("AbsorbDebt(address,address,uint256,uint256)", 2, -1)]
    [InlineData("BuyCollateral(address,address,uint256,uint256)", 2, -1)]
    public void Events_name_those_who_may_borrow_and_others_name_no_one_new(string signature, int topics, int borrower)
    {
        Address[] named = [Named.Account("first"), Named.Account("second"), EtherToken];
        Story.Block("b0", "t9");
        Receipts("b0", Receipt("t9", Event(signature, named[..topics])));
        ObserveComet("b0");
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", Event(signature, named[..topics])));
        ObserveComet("b1");

        Assert.Equal(borrower < 0 ? 0 : 1, Watch.WantedAccounts);
        Assert.Equal(borrower < 0 ? [] : [named[borrower]], Watch.Wanted(10).SelectMany(static task => task.Accounts));
        AssertReplays();
    }

    [Fact]
    public void The_market_and_its_accounts_are_what_slots_and_answers_say()
    {
        Flags = 8;
        SpareEther = 5;
        KnownComet();

        var market = Market();
        Assert.Equal((DollarToken, true, false, true), (market.Terms.BaseToken, market.IsSelling, market.IsAbsorbing, market.IsProven));
        Assert.Equal(((UInt256)Dollar * 100_000, (UInt256)Dollar * 50_000, (UInt256)Index), (market.Totals!.Supplied, market.Totals.Borrowed, market.Totals.SupplyIndex));
        Assert.Equal(((UInt256)5, UInt256.Zero), (market.ForSale(0), market.ForSale(1)));
        Assert.Equal([DollarFeed, EtherFeed, GoldFeed], market.Prices.Select(static price => price.Feed));
        var bob = Assert.Single(market.Accounts);
        Assert.Equal((Bob, (UInt256)Dollar * 15_000, true), (bob.Account, bob.Borrowed, bob.IsWhole));
        Assert.Equal([new CompoundHolding(0, (UInt256)Ether * 10)], bob.Holdings);
        Assert.False(Book.TryGet(Comet, out _)); // it is no pool of Aave
        Assert.Empty(Book.PricedBy(EtherFeed));
        Assert.Single(Book.CompoundPricedBy(EtherFeed));
        AssertReplays();
    }

    [Fact]
    public void Interest_grows_with_the_time_of_the_blocks()
    {
        AccruedAt = Story.BlockTimeSeconds - 10;
        BorrowRate = Whole / 1_000_000;
        KnownComet();
        ulong first = Market().Time;
        Assert.Equal((UInt256)(Index + (Index / 1_000_000 * (first - AccruedAt))), Market().Totals!.BorrowIndex);

        Story.BlockTimeSeconds += 10;
        Story.Block("b2");
        Assert.True(Market().Time > first);
        Assert.Equal((UInt256)(Index + (Index / 1_000_000 * (Market().Time - AccruedAt))), Market().Totals!.BorrowIndex);
        AssertReplays();
    }

    [Fact]
    public void An_event_of_the_market_has_it_read_anew_and_the_accounts_that_it_names()
    {
        KnownComet();
        BothKnown("b1a");
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Event("Supply(address,address,uint256)", Bob, Bob)));

        Assert.False(Book.TryGetCompound(Comet, out _));
        Assert.Null(Book.Head);
        Assert.Equal((1, 1), (Book.AccountCount, Watch.WantedAccounts)); // not those whom no event names
        Assert.Contains(PoolKey.Of(Comet), Book.Changed);
        Assert.Contains(PoolKey.Of(EtherFeed), Book.Changed);
        Assert.True(Assert.Single(Watch.Wanted(5)).IsWanted);

        ObserveComet("b2");
        Assert.Equal(Named.Block("b2"), Book.Head!.Value.Hash);
        AssertReplays();
    }

    [Fact]
    public void A_reading_of_a_block_before_an_event_is_not_taken()
    {
        KnownComet();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Event("Supply(address,address,uint256)", Eve, Eve)));

        ObserveComet("b1");

        Assert.False(Book.TryGetCompound(Comet, out _));
        AssertReplays();
    }

    [Fact]
    public void Answers_of_feeds_move_prices_and_a_reorg_of_them_has_the_market_read_anew()
    {
        KnownComet("b0");
        Story.Block("b1", "t9");
        Story.Block("b2", "t1");
        Receipts("b1", Receipt("t9"));
        Receipts("b2", Receipt("t1", Answer(EtherFeed, (UInt256)1_900 * BaseUnit), Answer(Named.Account("feed of nothing"), 3)));
        Assert.Equal([BaseUnit, (UInt256)1_900 * BaseUnit, (UInt256)4_000 * BaseUnit], Market().Prices.Select(static price => price.Price));
        AssertReplays();

        Story.Reorg("b1");
        Assert.False(Book.TryGetCompound(Comet, out _));
        Assert.Equal(1, Book.AccountCount);
        AssertReplays();
    }

    [Fact]
    public void A_reorg_of_a_block_without_answers_takes_nothing_back()
    {
        KnownComet("b0");
        Story.Block("b1", "t9");
        Receipts("b1", Receipt("t9"));

        Story.Reorg("b0");

        Assert.Equal((UInt256)2_000 * BaseUnit, Market().Prices[1].Price);
        AssertReplays();
    }

    [Fact]
    public void A_reading_without_terms_is_not_taken()
    {
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", Withdraw(Bob)));

        ObserveComet("b1", static answers => answers.RemoveAt(3));

        Assert.False(Book.TryGetCompound(Comet, out _));
        Assert.Equal(1UL, Watch.NotTaken);
        AssertReplays();
    }

    [Fact]
    public void Samples_hold_principals_collateral_and_totals_and_a_divergence_sets_aside()
    {
        KnownComet();

        var samples = Watch.Samples(Named.Block("b1"), 4);
        Assert.Equal([Key(Comet, Bob), PoolKey.Of(Comet)], samples.Select(static sample => sample.Key));
        Assert.Equal([104, 128], samples[0].Expectations.Select(static expected => expected.Slot.Bits)); // rewards change the other bits without an event
        Assert.Equal([208, 128, 128], samples[1].Expectations.Select(static expected => expected.Slot.Bits));
        Assert.Empty(Watch.Samples(Named.Block("b1"), 0));

        Story.Fact(new LogEvent.StateDivergence(Named.Block("b1"), NumberOf("b1"), Comet, Topic(Bob), DivergenceCause.StorageMutated, new ObservedSlot(1, 2), 3));
        Assert.Equal((0, true), (Book.AccountCount, Book.TryGetCompound(Comet, out _)));
        Story.Fact(new LogEvent.StateDivergence(Named.Block("b1"), NumberOf("b1"), Comet, default, DivergenceCause.StorageMutated, new ObservedSlot(1, 2), 3));
        Assert.False(Book.TryGetCompound(Comet, out _));
        AssertReplays();
    }

    [Fact]
    public void A_registry_that_takes_the_contract_for_another_market_begins_anew()
    {
        KnownComet();
        Story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, RegistryOf(Comet), 1, "made.json"));
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Withdraw(Bob)));

        Assert.Equal((0, 0), (Watch.HeldMarkets, Book.AccountCount));
        AssertReplays();
    }

    private void BothKnown(string block)
    {
        Story.Block(block, "t5");
        Receipts(block, Receipt("t5", Withdraw(Eve)));
        ObserveComet(block);
        ObserveAccount(block, Eve, Ether, 0, 1);
        Assert.Equal(2, Book.AccountCount);
    }

    private static PoolKey Key(Address market, Address account) => new(market, Topic(account));
}
