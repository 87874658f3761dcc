using Mempulse.Features.Opportunities;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>Which borrowers can be liquidated after a pending report, as the log tells it from the first reading to the end of the opportunity.</summary>
public sealed class LiquidationWatchTests : MarketStory
{
    [Fact]
    public void A_report_that_leaves_a_borrower_without_enough_collateral_is_an_opportunity()
    {
        Known();

        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);

        var found = Assert.Single(Opportunities(tx)).Detected;
        Assert.Equal(("liquidation-watch", 2, OppPurpose.Liquidation, Named.Block("b1"), Registry), (found.Strategy, found.StrategyVersion, found.Purpose, found.Base, found.Registry));
        var leg = Assert.Single(found.Legs);
        Assert.Equal((Pool, Topic(Bob), DollarToken, EtherToken), (leg.Pool, leg.PoolId, leg.TokenIn, leg.TokenOut));

        // A health of 18,000 * 80 % / 15,000 = 0.96: half of the debt, with a bonus of 5 %, of which the protocol takes a tenth.
        Assert.Equal((UInt256)Dollar * 7_500, leg.AmountIn);
        const long Taken = 4_375_000_000_000_000_000;
        const long Fee = Taken / 21 / 10;
        Assert.InRange(Number(leg.AmountOut), Taken - Fee - 2, Taken - Fee);
        Assert.True(found.IsExact);
        Assert.False(found.IsHandedOn);
        Assert.Equal(0UL, Story.Engine.View<IOpportunityView>().Counts.NotSimulable); // nothing that a gate turns away
        Assert.Equal((EtherToken, leg.AmountIn), (found.Token, found.Input));

        // The gain of 337.50 dollars is 0.1875 ether at the reported price. Values are rounded to 10^-8 dollars, some 5,600,000 wei.
        Assert.InRange(Number(found.Value.Value), 187_500_000_000_000_000 - 12_000_000, 187_500_000_000_000_000);
        Assert.Equal(found.Value.Value, found.Profit);
        AssertReplays();
    }

    [Theory]
    [InlineData(1_876)] // 18,760 * 80 % covers 15,000 just so
    [InlineData(2_500)]
    [InlineData(0)] // the feed's contract would take it, but a price of zero is none
    public void A_report_that_leaves_the_borrower_covered_is_none(ulong price)
    {
        Known();

        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)price * BaseUnit)));
    }

    [Fact]
    public void A_report_to_a_feed_that_prices_nothing_of_the_borrower_is_none()
    {
        Known();

        Assert.Empty(Opportunities(Reported(Named.Account("another feed"), 1)));
    }

    [Fact]
    public void A_debt_that_becomes_dearer_counts_as_a_collateral_that_becomes_cheaper()
    {
        Known();

        var found = Assert.Single(Opportunities(Reported(DollarFeed, 110_000_000))).Detected;

        Assert.Equal(DollarToken, found.Legs[0].TokenIn);
        Assert.Equal(Number((UInt256)Dollar * 7_500), Number(found.Legs[0].AmountIn));
    }

    [Fact]
    public void A_moved_account_ends_the_opportunity_and_its_reading_brings_it_back_on_the_new_block()
    {
        Known();
        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);
        var first = Assert.Single(Opportunities(tx)).Detected;

        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Supply(Bob)));
        var ended = Assert.Single(Opportunities(tx));
        Assert.Equal((OppStatus.Invalidated, OppEnd.PoolMoved, Named.Block("b2")), (ended.Status, ended.End, ended.By));

        ObserveAccount("b2", Storage(owed: 14_000));
        Assert.Single(Opportunities(tx)); // 18,000 * 80 % covers 14,000

        Story.Block("b3", "t2");
        Receipts("b3", Receipt("t2", Borrow(Bob)));
        ObserveAccount("b3", Storage());
        var again = Assert.Single(Opportunities(tx), static opp => opp.Status == OppStatus.Open).Detected;
        Assert.Equal(Named.Block("b3"), again.Base);
        Assert.Equal(first.Legs, again.Legs);
        Assert.NotEqual(first.Opp, again.Opp);
        AssertReplays();
    }

    [Fact]
    public void A_moved_market_ends_the_opportunity_and_finds_it_again_at_once()
    {
        Known();
        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);

        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Moved(EtherToken, AaveStorage.Ray, AaveStorage.Ray)));

        Assert.Equal(
            [(Named.Block("b1"), OppEnd.PoolMoved), (Named.Block("b2"), OppEnd.None)],
            Opportunities(tx).Select(static opp => (opp.Detected.Base, opp.End)).OrderBy(static opp => opp.End == OppEnd.None));
        AssertReplays();
    }

    [Fact]
    public void A_reorg_of_the_base_ends_the_opportunity()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);

        Story.Reorg("b0");

        Assert.Equal(OppEnd.BaseLeft, Assert.Single(Opportunities(tx)).End);
        AssertReplays();
    }

    [Fact]
    public void An_included_report_ends_its_opportunity()
    {
        Known();
        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);

        Story.Block("b2", tx);

        Assert.Equal(OppStatus.Invalidated, Assert.Single(Opportunities(tx)).Status);
        AssertReplays();
    }

    [Fact]
    public void The_largest_debts_are_looked_at_first_and_those_beyond_the_bound_are_counted()
    {
        var borrowers = Enumerable.Range(0, LiquidationWatch.MaxOffers + 2).Select(static index => Named.Account($"borrower {index}")).Order().ToArray();
        var storage = Storage();
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", [.. borrowers.Select(Borrow)]));
        ObserveMarket("b1", storage);
        for (int i = 0; i < borrowers.Length; i++)
        {
            storage.Account(borrowers[i], (0, EtherSupply, (UInt256)Ether * 10, EtherDebt, 0), (1, DollarSupply, 0, DollarDebt, (UInt256)Dollar * (15_000 + (ulong)i)));
            ObserveAccount("b1", storage, borrowers[i]);
        }

        var found = Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit));

        Assert.Equal(OppBounds.Default.OfOneStrategy, found.Count);
        Assert.Equal((ulong)(2 + LiquidationWatch.MaxOffers - OppBounds.Default.OfOneStrategy), Story.Engine.View<IOpportunityView>().Counts.LeftOut);
        Assert.Contains(Topic(borrowers[^1]), found.Select(static opp => opp.Detected.Legs[0].PoolId));
    }

    [Fact]
    public void One_block_has_a_bounded_number_of_reports_looked_at_again_and_counts_the_others()
    {
        Known();
        for (int i = 0; i <= OppBounds.Default.ReportsOfOneFact; i++)
        {
            Reported(EtherFeed, (UInt256)2_500 * BaseUnit);
        }

        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Moved(EtherToken, AaveStorage.Ray, AaveStorage.Ray)));

        Assert.Equal(1UL, Story.Engine.View<IOpportunityView>().Counts.NotLookedAtAgain);
        AssertReplays();
    }

    [Fact]
    public void A_borrower_falls_as_the_market_moves_between_two_reports_of_the_same_price()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)1_900 * BaseUnit)));

        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Moved(DollarToken, AaveStorage.Ray, (UInt256)1_020_000_000_000_000_000 * 1_000_000_000))); // 15,300 owed, of which 15,200 are covered

        Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_900 * BaseUnit)));
    }

    [Fact]
    public void A_borrower_falls_by_terms_that_the_next_reading_of_the_same_block_says()
    {
        Known();
        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)1_900 * BaseUnit)));

        ObserveMarket("b1", StorageOf(Pool, threshold: 7_800));

        Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_900 * BaseUnit))); // 19,000 * 78 % does not cover 15,000
        AssertReplays();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void A_market_of_a_revision_whose_liquidations_are_not_known_has_no_opportunities(ulong revision)
    {
        Borrowed("b1", "t0", Bob);
        ObserveMarket("b1", Storage(), revision);
        ObserveAccount("b1", Storage());

        Assert.Equal(1, Book.AccountCount);
        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit)));
    }

    [Fact]
    public void An_account_with_a_reserve_without_a_price_is_left_alone()
    {
        Borrowed("b1", "t0", Bob);
        var storage = Storage();
        Story.Fact(new LogEvent.MarketObserved(Named.Block("b1"), NumberOf("b1"), Pool, default, IsProven: true, storage.Pool(11), [storage.Prices[0]]));
        ObserveAccount("b1", storage);

        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit)));
    }

    [Fact]
    public void A_price_without_a_feed_is_said_to_be_older_than_the_block()
    {
        Borrowed("b1", "t0", Bob);
        var storage = Storage();
        Story.Fact(new LogEvent.MarketObserved(Named.Block("b1"), NumberOf("b1"), Pool, default, IsProven: true, storage.Pool(11), [storage.Prices[0], storage.Prices[1] with { Feed = default }]));
        ObserveAccount("b1", storage);

        Assert.False(Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit))).Detected.IsExact);
    }

    [Fact]
    public void Interest_counts_up_to_the_block_of_the_book()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.BlockTimeSeconds += 365 * 24 * 60 * 60;
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Moved(DollarToken, AaveStorage.Ray, AaveStorage.Ray, borrowRate: TenPercent)));
        Story.BlockTimeSeconds += 365 * 24 * 60 * 60;
        Story.Block("b3", "t2");
        Receipts("b3", Receipt("t2", Log(Pool, Named.Account("eve"))));

        // Ten percent in a year: 15,000 became 16,577, which 20,000 * 80 % does not cover.
        var found = Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)2_000 * BaseUnit))).Detected;
        Assert.InRange(Number(found.Legs[0].AmountIn), 8_288 * (long)Dollar, 8_289 * (long)Dollar);
    }

    [Fact]
    public void A_collateral_of_less_than_the_threshold_is_taken_whole()
    {
        Borrowed("b1", "t0", Bob);
        var storage = Storage(owed: 750, supplied: 0).Account(Bob, (0, EtherSupply, (UInt256)(Ether / 2), EtherDebt, 0), (1, DollarSupply, 0, DollarDebt, (UInt256)Dollar * 750));
        ObserveMarket("b1", storage);
        ObserveAccount("b1", storage);

        var leg = Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit))).Detected.Legs[0];

        Assert.Equal((UInt256)Dollar * 750, leg.AmountIn);
    }

    private static UInt256 TenPercent { get; } = (UInt256)100_000_000_000_000_000 * 1_000_000_000;

    private static long Number(UInt256 value) => checked((long)value.LowUInt64);
}
