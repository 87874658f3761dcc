using Mempulse.Features.Markets;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>Which collateral of Compound V3 can be bought at a discount after a pending transaction, as the log tells it from the first reading to the end of the opportunity.</summary>
public sealed class CompoundWatchTests : CompoundStory
{
    [Fact]
    public void A_report_that_lets_an_account_be_absorbed_offers_its_collateral_at_the_discount()
    {
        KnownComet();

        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);

        // 18,000 * 80 % do not cover 15,000. Ten ether are sold at 94 % of their price: for 16,920 dollars.
        var found = Assert.Single(Opportunities(tx)).Detected;
        Assert.Equal(("liquidation-watch", OppPurpose.Liquidation, Named.Block("b1"), true, false), (found.Strategy, found.Purpose, found.Base, found.IsExact, found.IsHandedOn));
        var leg = Assert.Single(found.Legs);
        Assert.Equal((Comet, Topic(Bob), DollarToken, EtherToken), (leg.Pool, leg.PoolId, leg.TokenIn, leg.TokenOut));
        Assert.Equal(((UInt256)Dollar * 16_920, (UInt256)Ether * 10), (leg.AmountIn, leg.AmountOut));
        Assert.Equal((DollarToken, (UInt256)Dollar * 16_920, (UInt256)Dollar * 1_080), (found.Token, found.Input, found.Profit));
        Assert.Equal((UInt256)(Ether / 10 * 6), found.Value.Value); // 1,080 dollars at 1,800 each
        AssertReplays();
    }

    [Theory]
    [InlineData(1_875)] // 18,750 * 80 % covers 15,000 just so
    [InlineData(2_500)]
    [InlineData(0)]
    public void A_report_that_leaves_the_account_covered_is_none(ulong price)
    {
        KnownComet();

        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)price * BaseUnit)));
    }

    [Fact]
    public void A_report_to_another_feed_is_none()
    {
        KnownComet();

        Assert.Empty(Opportunities(Reported(GoldFeed, 1)));
        Assert.Empty(Opportunities(Reported(Named.Account("another feed"), 1)));
    }

    [Fact]
    public void A_base_token_that_becomes_dearer_counts_as_collateral_that_becomes_cheaper()
    {
        KnownComet();

        var found = Assert.Single(Opportunities(Reported(DollarFeed, 110_000_000))).Detected;

        Assert.True(found.Legs[0].AmountOut <= (UInt256)Ether * 10 && found.Legs[0].AmountOut + 600_000_000 > (UInt256)Ether * 10, "a millionth of a dollar buys some 600,000,000 wei");
    }

    [Theory]
    [InlineData(8UL)] // nothing is absorbed
    [InlineData(16UL)] // nothing is sold
    public void A_market_that_is_paused_offers_nothing(ulong flags)
    {
        Flags = flags;
        KnownComet();

        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_market_sells_while_its_reserves_are_below_their_target_after_it_absorbed(ulong below, int offers)
    {
        // 100,000 + 50,000 - 100,000 are in reserve. Absorbing pays Bob's 15,000 and what his collateral is credited beyond, 1,200.
        Cash = (UInt256)Dollar * 100_000;
        Target = ((UInt256)Dollar * 33_800) + below;
        KnownComet();

        Assert.Equal(offers, Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit)).Count);
    }

    [Fact]
    public void Each_purchase_raises_the_reserves_and_the_one_that_gains_most_comes_first()
    {
        Cash = (UInt256)Dollar * 100_000; // 50,000 in reserve, 30,600 once Bob's ether and gold are absorbed
        KnownComet();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Withdraw(Bob)));
        Target = (UInt256)Dollar * 1_000_000;
        ObserveComet("b2");
        ObserveAccount("b2", Bob, (UInt256)Ether * 10, BaseUnit, (UInt256)Dollar * 18_000);
        var both = Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit))).Detected;
        Assert.Equal([EtherToken, GoldToken], both.Legs.Select(static leg => leg.TokenOut)); // gains of 1,080 and 480 dollars
        Assert.Equal(both.Input, both.Legs[0].AmountIn + both.Legs[1].AmountIn);
        Assert.Equal((UInt256)Dollar * 1_560, both.Profit);

        Story.Block("b3", "t2");
        Receipts("b3", Receipt("t2", Withdraw(Bob)));
        Target = (UInt256)Dollar * 40_000; // the first purchase of 16,920 goes beyond it
        ObserveComet("b3");
        ObserveAccount("b3", Bob, (UInt256)Ether * 10, BaseUnit, (UInt256)Dollar * 18_000);
        Assert.Equal([EtherToken], Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit))).Detected.Legs.Select(static leg => leg.TokenOut));
        AssertReplays();
    }

    [Fact]
    public void A_price_without_a_feed_is_said()
    {
        GoldSource = default;
        KnownComet();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Withdraw(Bob)));
        ObserveComet("b2");
        ObserveAccount("b2", Bob, (UInt256)Ether * 10, BaseUnit, (UInt256)Dollar * 18_000);

        Assert.False(Assert.Single(Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit))).Detected.IsExact);
    }

    [Fact]
    public void A_pending_absorption_offers_the_collateral_of_its_accounts()
    {
        EtherPrice = (UInt256)1_800 * BaseUnit;
        KnownComet();

        var found = Assert.Single(Opportunities(Absorbing(Bob))).Detected;

        Assert.Equal((Topic(Bob), (UInt256)Ether * 10, (UInt256)Dollar * 1_080), (found.Legs[0].PoolId, found.Legs[0].AmountOut, found.Profit));
        AssertReplays();
    }

    [Fact]
    public void An_absorption_that_reverts_offers_nothing_until_the_account_falls()
    {
        KnownComet();
        string tx = Absorbing(Bob);
        Assert.Empty(Opportunities(tx));

        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Answer(EtherFeed, (UInt256)1_800 * BaseUnit)));

        Assert.Equal(Named.Block("b2"), Assert.Single(Opportunities(tx)).Detected.Base);
        AssertReplays();
    }

    [Fact]
    public void An_absorption_of_an_account_that_is_not_known_offers_nothing()
    {
        EtherPrice = (UInt256)1_800 * BaseUnit;
        KnownComet();

        Assert.Empty(Opportunities(Absorbing(Bob, Eve)));
    }

    [Fact]
    public void What_a_pending_purchase_leaves_is_offered()
    {
        SpareEther = (UInt256)Ether * 3;
        KnownComet();

        string tx = Called(Buying(EtherToken, (UInt256)Ether, (UInt256)Dollar * 1_880)); // one ether, at 94 % of 2,000

        var found = Assert.Single(Opportunities(tx)).Detected;
        var leg = Assert.Single(found.Legs);
        Assert.Equal((default(Hash256), (UInt256)Ether * 2, (UInt256)Dollar * 3_760), (leg.PoolId, leg.AmountOut, leg.AmountIn));
        AssertReplays();
    }

    [Theory]
    [InlineData(1_880, 2)] // its minimum is not met
    [InlineData(9_000, 0)] // more than there is
    public void A_purchase_that_reverts_is_none(ulong dollars, ulong minimum)
    {
        SpareEther = (UInt256)Ether * 3;
        KnownComet();

        Assert.Empty(Opportunities(Called(Buying(EtherToken, (UInt256)Ether * minimum, (UInt256)Dollar * dollars))));
    }

    [Fact]
    public void A_moved_market_ends_the_opportunity_and_its_reading_brings_it_back()
    {
        KnownComet();
        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Event("Supply(address,address,uint256)", Eve, Eve)));
        Assert.Equal((OppStatus.Invalidated, OppEnd.PoolMoved), (Assert.Single(Opportunities(tx)).Status, Assert.Single(Opportunities(tx)).End));

        ObserveComet("b2");
        Assert.Equal(Named.Block("b2"), Assert.Single(Opportunities(tx), static opp => opp.Status == OppStatus.Open).Detected.Base);
        AssertReplays();
    }

    [Fact]
    public void A_moved_account_ends_the_opportunity()
    {
        KnownComet();
        string tx = Reported(EtherFeed, (UInt256)1_800 * BaseUnit);
        Story.Fact(new LogEvent.StateDivergence(Named.Block("b1"), NumberOf("b1"), Comet, Topic(Bob), DivergenceCause.StorageMutated, new ObservedSlot(1, 2), 3));
        Assert.Equal(OppStatus.Invalidated, Assert.Single(Opportunities(tx)).Status);

        ObserveAccount("b1", Bob, (UInt256)Ether * 10, 0, (UInt256)Dollar * 10_000);
        Assert.DoesNotContain(Opportunities(tx), static opp => opp.Status == OppStatus.Open);
        AssertReplays();
    }

    [Fact]
    public void An_account_that_lends_is_left_alone()
    {
        KnownComet();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Withdraw(Bob)));
        ObserveComet("b2");
        UInt256.NegateWrapping((UInt256)Dollar * 15_000, out var lent);
        ObserveAccount("b2", Bob, (UInt256)Ether * 10, 0, lent);

        Assert.Empty(Opportunities(Reported(EtherFeed, (UInt256)1 * BaseUnit)));
    }

    [Fact]
    public void Calldata_that_is_cut_or_has_too_many_accounts_is_no_call_of_a_market()
    {
        byte[] absorb = CallData.Of("absorb(address,address[])").Add(Eve).Add(64).Add(1).Add(Bob).ToArray();
        Assert.Equal([Bob], Assert.IsType<CompoundCall.Absorb>(CompoundCall.Read(absorb)).Accounts);
        byte[] buy = Buying(EtherToken, 5, 6);
        Assert.Equal(new CompoundCall.Buy(EtherToken, 5, 6), CompoundCall.Read(buy));

        Assert.All(Enumerable.Range(0, absorb.Length), length => Assert.Null(CompoundCall.Read(absorb.AsSpan(0, length))));
        Assert.All(Enumerable.Range(0, 100), length => Assert.Null(CompoundCall.Read(buy.AsSpan(0, length))));
        var many = CallData.Of("absorb(address,address[])").Add(Eve).Add(64).Add(CompoundCall.MaxAccounts + 1);
        for (int i = 0; i <= CompoundCall.MaxAccounts; i++)
        {
            many.Add(Bob);
        }

        Assert.Null(CompoundCall.Read(many.ToArray()));
        Assert.Null(CompoundCall.Read(CallData.Of("absorb(address,address[])").Add(Eve).Add(UInt256.MaxValue).Add(1).ToArray()));
        Assert.Null(CompoundCall.Read(CallData.Of("absorb(address,address[])").Add(Eve).Add(64).Add(1).Add(UInt256.MaxValue).ToArray()));
    }

    [Fact]
    public void The_largest_debts_are_looked_at_first_and_those_beyond_the_bound_are_counted()
    {
        var borrowers = Enumerable.Range(0, LiquidationWatch.MaxOffers + 2).Select(static index => Named.Account($"borrower {index}")).Order().ToArray();
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", [.. borrowers.Select(Withdraw)]));
        Target = (UInt256)Dollar * 1_000_000_000;
        ObserveComet("b1");
        for (int i = 0; i < borrowers.Length; i++)
        {
            ObserveAccount("b1", borrowers[i], Ether, 0, (UInt256)Dollar * (1_500 + (ulong)i));
        }

        var found = Opportunities(Reported(EtherFeed, (UInt256)1_800 * BaseUnit));

        Assert.Equal(OppBounds.Default.OfOneStrategy, found.Count);
        Assert.Equal((ulong)(2 + LiquidationWatch.MaxOffers - OppBounds.Default.OfOneStrategy), Story.Engine.View<IOpportunityView>().Counts.LeftOut);
    }

    private static byte[] Buying(Address token, UInt256 minimum, UInt256 paid) => CallData.Of("buyCollateral(address,uint256,uint256,address)").Add(token).Add(minimum).Add(paid).Add(Eve).ToArray();
}
