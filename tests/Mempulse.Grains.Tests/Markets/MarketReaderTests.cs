using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Books;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Markets;

/// <summary>What is read of markets and accounts at a block, from nodes that tell the truth, lie, or say nothing.</summary>
public sealed class MarketReaderTests
{
    private static readonly Address s_pool = Named.Account("pool");
    private static readonly Address s_oracle = Named.Account("oracle");
    private static readonly Address s_token = Named.Account("token");
    private static readonly Address s_supply = Named.Account("supply token");
    private static readonly Address s_debt = Named.Account("debt token");
    private static readonly Address s_source = Named.Account("source");
    private static readonly Address s_feed = Named.Account("feed");
    private static readonly Address s_bob = Named.Account("bob");

    private readonly ScriptedChain _chain = new();

    public MarketReaderTests()
    {
        // One reserve at place 0; the words of a reserve follow each other.
        _chain.Slots[(s_pool, 0)] = 11;
        _chain.Slots[(s_pool, 59)] = new UInt256(0, 1, 0, 0);
        _chain.Slots[(s_pool, CallData.Slot(0, 54))] = CallData.Word(s_token);
        var first = CallData.Slot(CallData.Word(s_token), 52);
        _chain.Slots[(s_pool, first)] = 5;
        _chain.Slots[(s_pool, first + 4)] = CallData.Word(s_supply);
        _chain.Slots[(s_pool, first + 6)] = CallData.Word(s_debt);
        _chain.Slots[(s_pool, CallData.Slot(CallData.Word(s_bob), 53))] = 3;
        _chain.Slots[(s_supply, CallData.Slot(CallData.Word(s_bob), 52))] = 70;
        _chain.Slots[(s_debt, CallData.Slot(CallData.Word(s_bob), 56))] = 60;

        // The oracle answers anything with the price in its slot 0 but for the second of its functions, which names the source of prices.
        _chain.Codes[s_oracle] = OracleCode;
        _chain.Codes[s_source] = WordCode;
        _chain.Codes[s_feed] = WordCode;
        _chain.Slots[(s_oracle, 0)] = 2_000;
        _chain.Slots[(s_oracle, 1)] = CallData.Word(s_source);
        _chain.Slots[(s_source, 0)] = CallData.Word(s_feed);
        _chain.Slots[(s_feed, 0)] = 2_000;
    }

    [Fact]
    public async Task A_market_is_its_reserves_and_what_its_oracle_answers()
    {
        var read = await ReadAsync(Market());

        Assert.Empty(read.Problem);
        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single(read.Facts));
        Assert.Equal((Named.Block("head"), 9UL, s_pool, default(Address), true), (fact.Block, fact.Number.Value, fact.Market, fact.Account, fact.IsProven));
        Assert.Equal([new ObservedPrice(s_token, 2_000, s_feed)], fact.Prices);
        Assert.Equal(9, fact.Slots.Count); // the revision, the length, the entry, six words
        Assert.Contains(new ContractSlot(s_pool, new ObservedSlot(CallData.Slot(CallData.Word(s_token), 52) + 6, CallData.Word(s_debt))), fact.Slots);
    }

    [Fact]
    public async Task A_feed_that_answers_another_price_is_not_the_source_of_the_price()
    {
        _chain.Slots[(s_feed, 0)] = 1_999;

        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single((await ReadAsync(Market())).Facts));

        Assert.Equal([new ObservedPrice(s_token, 2_000, default)], fact.Prices);
    }

    [Theory]
    [InlineData(true)] // it has no code, so that calls of it return nothing
    [InlineData(false)]
    public async Task An_oracle_without_a_price_says_zero(bool isThere)
    {
        _chain.Slots[(s_oracle, 0)] = 0;
        if (!isThere)
        {
            _chain.Codes.Remove(s_oracle);
        }

        var fact = Assert.IsType<LogEvent.MarketObserved>(Assert.Single((await ReadAsync(Market())).Facts));

        Assert.Equal([new ObservedPrice(s_token, UInt256.Zero, default)], fact.Prices);
    }

    [Fact]
    public async Task What_prices_are_made_of_is_fetched_together_from_then_on()
    {
        var reader = new MarketReader(_chain, new ChainId(1));
        await reader.ReadAsync(Plan(Market()), TestContext.Current.CancellationToken);
        int alone = _chain.SingleFetches;
        for (int time = 0; time < 3; time++) // a reading that missed nothing leaves the next one as warm as it was
        {
            _chain.Forget();

            var again = await reader.ReadAsync(Plan(Market()), TestContext.Current.CancellationToken);

            Assert.Equal((true, alone), (alone > 0, _chain.SingleFetches));
            Assert.Single(again.Facts);
        }
    }

    [Fact]
    public async Task An_account_is_what_it_uses_with_its_balances()
    {
        var read = await ReadAsync(new PlannedMarket(s_pool, s_oracle, IsWanted: false, [new PlannedReserve(s_token, s_supply, s_debt)], [s_bob, Named.Account("eve")], 0));

        Assert.Equal([s_bob, Named.Account("eve")], read.Facts.Cast<LogEvent.MarketObserved>().Select(static fact => fact.Account));
        Assert.Equal(
            [(s_pool, (UInt256)3), (s_pool, 0), (s_supply, 70), (s_debt, 60)],
            ((LogEvent.MarketObserved)read.Facts[0]).Slots.Select(static slot => (slot.Contract, slot.Stored.Value)));
        Assert.Equal(2, ((LogEvent.MarketObserved)read.Facts[1]).Slots.Count);
        Assert.Equal(2, _chain.Fetches);
    }

    [Fact]
    public async Task What_a_proof_refutes_is_not_written_and_its_source_is_named()
    {
        _chain.Refuted.Add(s_supply);
        var read = await ReadAsync(new PlannedMarket(s_pool, s_oracle, IsWanted: true, [new PlannedReserve(s_token, s_supply, s_debt)], [s_bob], 0));
        Assert.Equal(default, Assert.IsType<LogEvent.MarketObserved>(Assert.Single(read.Facts)).Account);
        Assert.Equal($"Source liar: the state of market {s_supply} was refuted. The proof is of another value.", read.Problem);

        _chain.Refuted.Clear();
        _chain.Forget();
        _chain.Refuted.Add(s_feed);
        read = await ReadAsync(Market());
        Assert.Empty(read.Facts); // not a market some of whose prices have no feed
        Assert.Equal($"Source liar: the state of market {s_feed} was refuted. The proof is of another value.", read.Problem);
    }

    [Fact]
    public async Task What_a_node_does_not_return_is_not_written()
    {
        _chain.IsSilent = true;

        var read = await ReadAsync(Market());

        Assert.Empty(read.Facts);
        Assert.StartsWith("Source liar: the state of markets was not returned: ", read.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(70UL, StateTrust.Verified, false)]
    [InlineData(71UL, StateTrust.Verified, true)]
    [InlineData(71UL, StateTrust.Unverified, false)] // a claim proves nothing against the log
    public async Task A_sample_that_differs_from_the_proven_state_is_a_divergence(ulong found, StateTrust trust, bool differs)
    {
        var slot = CallData.Slot(CallData.Word(s_bob), 52);
        _chain.Slots[(s_supply, slot)] = found;
        _chain.Trust = trust;
        var id = Named.Tx("bob as a word");

        var read = await new MarketReader(_chain, new ChainId(1)).ReadAsync(
            new MarketPlan(Named.Block("head"), new BlockNumber(9), [], [new PlannedMarketSample(s_pool, id, [new PlannedMarketSlot(s_supply, new PlannedSlot(slot, 120, 70))])]), TestContext.Current.CancellationToken);

        Assert.Equal(differs ? [new LogEvent.StateDivergence(Named.Block("head"), new BlockNumber(9), s_pool, id, DivergenceCause.StorageMutated, new ObservedSlot(slot, found), 70)] : [], read.Facts);
    }

    /// <summary>Returns slot 0.</summary>
    private static byte[] WordCode => [0x5f, 0x54, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];

    /// <summary>Returns slot 0, or slot 1 if the selector's first byte is that of getSourceOfAsset.</summary>
    private static byte[] OracleCode
    {
        get
        {
            byte source = CallData.Of("getSourceOfAsset(address)").ToArray()[0];
            return [0x5f, 0x35, 0x60, 0xf8, 0x1c, 0x60, source, 0x14, 0x54, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]; // sload(selector == source) as a word
        }
    }

    private static PlannedMarket Market() => new(s_pool, s_oracle, IsWanted: true, [], [], 0);

    private static MarketPlan Plan(PlannedMarket market) => new(Named.Block("head"), new BlockNumber(9), [market], []);

    private Task<BookReadings> ReadAsync(PlannedMarket market) => new MarketReader(_chain, new ChainId(1)).ReadAsync(Plan(market), TestContext.Current.CancellationToken);
}
