using Mempulse.Features.Markets;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Books;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Markets;

/// <summary>What is read of markets of Compound V3 at a block: terms that the code answers, slots, prices with the feeds that they follow from.</summary>
public sealed class CompoundReaderTests
{
    private static readonly Address s_comet = Named.Account("comet");
    private static readonly Address s_base = Named.Account("base");
    private static readonly Address s_asset = Named.Account("asset");
    private static readonly Address s_source = Named.Account("source");
    private static readonly Address s_feed = Named.Account("feed");
    private static readonly Address s_bob = Named.Account("bob");

    private readonly ScriptedChain _chain = new();

    public CompoundReaderTests()
    {
        _chain.Codes[s_comet] = Terms(assets: 1).ToArray();
        _chain.Codes[s_base] = new TableCode().Answer("balanceOf(address)", 500).ToArray();
        _chain.Codes[s_asset] = new TableCode().Answer("balanceOf(address)", 70).ToArray();
        _chain.Codes[s_source] = new TableCode().Answer("aggregator()", CallData.Word(s_feed)).ToArray();
        _chain.Codes[s_feed] = new TableCode().Answer("latestAnswer()", 2_000).ToArray();
        _chain.Slots[(s_comet, 0)] = 7;
        _chain.Slots[(s_comet, 1)] = 8;
        _chain.Slots[(s_comet, CallData.Slot(CallData.Word(s_asset), 2))] = 60;
    }

    [Fact]
    public async Task A_market_is_what_its_code_answers_with_its_slots_and_prices()
    {
        var read = await ReadAsync();

        Assert.Empty(read.Problem);
        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single(read.Facts));
        Assert.Equal((Named.Block("head"), s_comet, default(Address), true), (fact.Block, fact.Market, fact.Account, fact.IsProven));
        var terms = CompoundTerms.Read(fact.Answers)!;
        Assert.Equal((s_base, 1UL, 2UL, 3UL, 500UL), (terms.BaseToken, terms.BaseScale.LowUInt64, terms.StoreFrontPriceFactor.LowUInt64, terms.TargetReserves.LowUInt64, terms.Balance.LowUInt64));
        Assert.Equal((4UL, 7UL, 8UL, 11UL), (terms.Supply.Kink.LowUInt64, terms.Supply.Base.LowUInt64, terms.Borrow.Kink.LowUInt64, terms.Borrow.Base.LowUInt64));
        Assert.Equal([new CompoundAsset(s_asset, 10, 30, 40, 70)], terms.Assets);
        Assert.Equal([new ObservedPrice(s_base, 2_000, s_feed), new ObservedPrice(s_asset, 2_000, s_feed)], fact.Prices);
        Assert.Equal([7UL, 8UL, 60UL], fact.Slots.Select(static slot => slot.Stored.Value.LowUInt64));
    }

    [Fact]
    public async Task A_feed_that_answers_another_price_is_not_the_source_of_the_price()
    {
        _chain.Codes[s_feed] = new TableCode().Answer("latestAnswer()", 1_999).ToArray();

        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single((await ReadAsync()).Facts));

        Assert.All(fact.Prices, static price => Assert.Equal((2_000UL, default(Address)), (price.Price.LowUInt64, price.Feed)));
    }

    [Fact]
    public async Task An_account_is_its_principal_with_the_collateral_that_it_has()
    {
        _chain.Slots[(s_comet, CallData.Slot(CallData.Word(s_bob), 5))] = new UInt256(0, 0, 0, 1UL << 40); // bit 232
        _chain.Slots[(s_comet, CallData.Slot(CallData.Word(s_asset), CallData.Slot(CallData.Word(s_bob), 6)))] = 9;

        var read = await ReadAsync(new PlannedMarket(s_comet, default, IsWanted: false, [new PlannedReserve(s_asset, default, default)], [s_bob], (byte)LendingForm.CompoundV3));

        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single(read.Facts));
        Assert.Equal((s_bob, 2, 9UL), (fact.Account, fact.Slots.Count, fact.Slots[1].Stored.Value.LowUInt64));
        Assert.Empty(fact.Answers);
    }

    [Theory]
    [InlineData("comet")]
    [InlineData("base")]
    [InlineData("feed")]
    public async Task What_a_proof_refutes_of_the_terms_is_not_written_and_its_source_is_named(string liar)
    {
        _chain.Refuted.Add(Named.Account(liar));

        var read = await ReadAsync();

        Assert.Empty(read.Facts);
        Assert.StartsWith($"Source liar: the state of market {Named.Account(liar)} was refuted.", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_that_is_no_such_market_is_not_written()
    {
        _chain.Codes[s_comet] = new TableCode().Answer("baseToken()", CallData.Word(s_base)).ToArray();

        Assert.Empty((await ReadAsync()).Facts);
    }

    [Fact]
    public async Task Collaterals_beyond_the_bound_are_left_out()
    {
        _chain.Codes[s_comet] = Terms(assets: CompoundTerms.MaxAssets + 1).ToArray();

        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single((await ReadAsync()).Facts));

        Assert.Equal(CompoundTerms.MaxAssets, CompoundTerms.Read(fact.Answers)!.Assets.Count);
    }

    [Fact]
    public async Task A_claim_is_marked()
    {
        _chain.Trust = StateTrust.Unverified;

        Assert.False(Assert.IsType<LogEvent.MarketObserved>(Assert.Single((await ReadAsync()).Facts)).IsProven);
    }

    private static TableCode Terms(int assets)
    {
        var code = new TableCode().Answer("baseToken()", CallData.Word(s_base));
        for (int i = 1; i < CompoundTerms.Functions.Count; i++)
        {
            code.Answer(CompoundTerms.Functions[i], (ulong)i);
        }

        return code.Answer("numAssets()", (ulong)assets).Answer("baseTokenPriceFeed()", CallData.Word(s_source)).Answer("getPrice(address)", 2_000)
            .Answer("getAssetInfo(uint8)", 0, CallData.Word(s_asset), CallData.Word(s_source), 10, 20, 30, 40, 50);
    }

    private Task<BookReadings> ReadAsync(PlannedMarket? market = null) => new MarketReader(_chain, new ChainId(1)).ReadAsync(
        new MarketPlan(Named.Block("head"), new BlockNumber(9), [market ?? new PlannedMarket(s_comet, default, IsWanted: true, [], [], (byte)LendingForm.CompoundV3)], []), TestContext.Current.CancellationToken);
}
