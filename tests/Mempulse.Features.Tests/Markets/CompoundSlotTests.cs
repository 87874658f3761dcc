using CsCheck;
using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Compound;
using Mempulse.Features.Markets;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Features.Registry;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Markets;

/// <summary>Where Compound V3 keeps its state, what its interest is, whom it absorbs and what it sells: held against the code of mainnet's first market, run on the same storage.</summary>
public sealed class CompoundSlotTests
{
    private const int States = 300;

    private static readonly RecordedBlock s_block = RecordedBlock.Read(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet"), 19_932_703);
    private static readonly Address s_bob = Address.Parse("0x00000000000000000000000000000000000000b0");

    private readonly CometScene _scene = new(s_block);
    private readonly List<ContractSlot> _slots = [];

    [Fact]
    public void The_market_runs_the_code_that_the_recorded_block_ran()
    {
        Assert.Equal(CallData.Word(Address.Parse("0x9743591b23b83ed41e6abcc84016a4c7702c706e")), s_block.SlotOf(CometScene.Market, CallData.Hashed("eip1967.proxy.implementation"u8.ToArray()) - 1));
        Assert.Equal(Address.Parse("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"), _scene.BaseToken);
    }

    [Fact]
    public void Terms_are_what_the_code_answers()
    {
        var terms = CompoundTerms.Read(_scene.Answers())!;

        Assert.Equal((_scene.BaseToken, (UInt256)1_000_000, (UInt256)600_000_000_000_000_000), (terms.BaseToken, terms.BaseScale, terms.StoreFrontPriceFactor));
        Assert.Equal(_scene.Tokens, terms.Assets.Select(static asset => asset.Token));
        Assert.All(terms.Assets, static asset => Assert.True(asset.LiquidateCollateralFactor < asset.LiquidationFactor && asset.LiquidationFactor < 1_000_000_000_000_000_000));
        Assert.True(terms.Borrow.Base > terms.Supply.Base);
    }

    [Fact]
    public void Answers_that_are_cut_or_name_no_token_are_no_terms()
    {
        var answers = _scene.Answers();

        Assert.All(Enumerable.Range(0, answers.Count), count => Assert.False(CompoundTerms.Read([.. answers.Take(count)]) is { } terms && terms.Assets.Count == _scene.Tokens.Count));
        Assert.Null(CompoundTerms.Read([default, .. answers.Skip(1)]));
        Assert.Null(CompoundTerms.Read([answers[0], default, .. answers.Skip(2)]));
        Assert.Null(CompoundTerms.Read([Hash256.Parse("0x" + new string('f', 64)), .. answers.Skip(1)]));
        Assert.Null(CompoundTerms.Read([.. answers, .. Enumerable.Repeat(answers[0], CompoundTerms.MaxAssets * CompoundTerms.AssetWords)]));
    }

    [Fact]
    public void Slots_say_what_the_market_answers_of_its_totals_and_of_accounts()
    {
        Set(CompoundSlots.Indexes, AaveStorage.Fields((11, 0), (12, 64), (13, 128), (14, 192)));
        Set(CompoundSlots.Totals, AaveStorage.Fields((21, 0), (22, 104), (23, 208), (0b10110, 248)));
        Set(CompoundSlots.Account(s_bob), AaveStorage.Fields((0xfffffffff0, 0), (ulong.MaxValue, 40), (31, 104), (32, 168), (0b101, 232)));
        Set(CompoundSlots.Balance(s_bob, _scene.Tokens[0]), 41);
        Set(CompoundSlots.Balance(s_bob, _scene.Tokens[2]), 42);
        Set(CompoundSlots.Collateral(_scene.Tokens[2]), 43);

        Assert.Equal([11, 12, 13, 14, 21, 22, 23, 0b10110], _scene.Ask("totalsBasic()").Select(static word => word.LowUInt64));
        Assert.Equal([0b101], _scene.Ask("userBasic(address)", CallData.Word(s_bob)).Skip(3).Take(1).Select(static word => word.LowUInt64));
        Assert.Equal((41UL, 42UL), (_scene.Ask("userCollateral(address,address)", CallData.Word(s_bob), CallData.Word(_scene.Tokens[0]))[0].LowUInt64, _scene.Ask("collateralBalanceOf(address,address)", CallData.Word(s_bob), CallData.Word(_scene.Tokens[2]))[0].LowUInt64));
        Assert.Equal(43UL, _scene.Ask("totalsCollateral(address)", CallData.Word(_scene.Tokens[2]))[0].LowUInt64);
        Assert.Equal((1UL, 1UL, 1UL), (_scene.Ask("isTransferPaused()")[0].LowUInt64, _scene.Ask("isWithdrawPaused()")[0].LowUInt64, _scene.Ask("isBuyPaused()")[0].LowUInt64));
        Assert.Equal((true, false, 23UL), (CompoundSlots.IsBuyPaused(AaveStorage.Fields((0b10110, 248))), CompoundSlots.IsAbsorbPaused(AaveStorage.Fields((0b10110, 248))), CompoundSlots.ReadTime(AaveStorage.Fields((23, 208)))));
        Assert.Equal((0UL, true), (_scene.Ask("isAbsorbPaused()")[0].LowUInt64, CompoundSlots.IsAbsorbPaused(AaveStorage.Fields((8, 248)))));

        var account = CompoundReading.ReadAccount(CometScene.Market, Reserves(), s_bob, new MarketValues(_slots));
        UInt256.NegateWrapping(_scene.Ask("userBasic(address)", CallData.Word(s_bob))[0], out var owed);
        Assert.Equal(owed, account.Borrowed);
        Assert.Equal([new CompoundHolding(0, 41), new CompoundHolding(2, 42)], account.Holdings);
        Assert.True(account.IsWhole);
    }

    [Fact]
    public void Interest_absorbed_accounts_and_sales_are_those_of_the_contract()
    {
        int absorbed = 0;
        int sold = 0;
        Gen.Select(Gen.ULong[1, 100_000_000], Gen.ULong[1, 100_000_000], Gen.ULong[0, 400], Gen.OneOf(Gen.ULong[0, 10_000_000], Gen.ULong[60_000_000, 200_000_000]), Gen.ULong[1, 3_000_000], Gen.ULong[0, 40_000_000]).Sample(
            (lent, borrowed, hours, balance, owed, owned) =>
            {
                (bool isAbsorbed, bool isSold) = Compare(lent, ulong.Max(borrowed, owed), hours * 3_600, balance, owed, owned);
                (absorbed, sold) = (absorbed + (isAbsorbed ? 1 : 0), sold + (isSold ? 1 : 0));
            }, iter: States, threads: 1);
        Assert.InRange(absorbed, 20, States - 20);
        Assert.InRange(sold, 20, States - 20);
    }

    /// <summary>Amounts in dollars; Bob owes them against collateral worth about as much.</summary>
    private (bool IsAbsorbed, bool IsSold) Compare(ulong lent, ulong borrowed, ulong elapsed, ulong balance, ulong owed, ulong seed)
    {
        _slots.Clear();
        var totals = new CometTotals(1_050_000_000_000_000, 1_090_000_000_000_000, (UInt256)lent * 1_000_000, (UInt256)borrowed * 1_000_000, CometScene.Time - elapsed);
        Set(CompoundSlots.Indexes, totals.SupplyIndex + WordField.Place(totals.BorrowIndex, 64));
        Set(CompoundSlots.Totals, totals.Supplied + WordField.Place(totals.Borrowed, 104) + WordField.Place(totals.AccruedAt, 208));
        UInt256.NegateWrapping((UInt256)owed * 1_000_000, out var principal);
        Set(CompoundSlots.Account(s_bob), WordField.Read(principal, 0, 104) + AaveStorage.Fields((0b11, 232)));
        _scene.Says(_scene.BaseToken, (UInt256)balance * 1_000_000);
        _scene.Says(_scene.Feeds[0], 100_000_000 - (seed % 7));
        var prices = new List<ObservedPrice> { new(_scene.BaseToken, 100_000_000 - (seed % 7), default) };
        for (int place = 0; place < _scene.Tokens.Count; place++)
        {
            UInt256 price = (1_000 + (seed % 997)) * 100_000_000 + (ulong)place;
            prices.Add(new ObservedPrice(_scene.Tokens[place], price, default));
            _scene.Says(_scene.Feeds[place + 1], price);
            var scale = _scene.Ask("getAssetInfo(uint8)", (ulong)place)[3];
            var has = ((CheckedWord)((UInt256)owed * ((600 + (seed * 7_919 % 300)) * 100_000)) * scale / price).Value;
            Set(CompoundSlots.Balance(s_bob, _scene.Tokens[place]), place < 2 ? has : 0);
            Set(CompoundSlots.Collateral(_scene.Tokens[place]), has + has);
            _scene.Says(_scene.Tokens[place], has + has + has + seed);
        }

        var state = CompoundState.Of(CometScene.Market, _scene.Answers(), new MarketValues(_slots), prices, new BlockNumber(1))!;
        var account = CompoundReading.ReadAccount(CometScene.Market, Reserves(), s_bob, new MarketValues(_slots));
        var market = new CompoundMarket(new MarketEntry(CometScene.Market, LendingForm.CompoundV3, default), state, CometScene.Time, () => [account]);
        var sale = CompoundSale.Of(market, report: null)!;

        Assert.Equal(totals, state.Totals);
        Assert.Equal(_scene.Ask("totalSupply()")[0], market.Totals!.PresentSupply.Value);
        Assert.Equal(_scene.Ask("totalBorrow()")[0], market.Totals.PresentBorrow.Value);
        Assert.Equal(_scene.Ask("borrowBalanceOf(address)", CallData.Word(s_bob))[0], ((CheckedWord)account.Borrowed * market.Totals.BorrowIndex / 1_000_000_000_000_000).Value);
        for (int place = 0; place < _scene.Tokens.Count; place++)
        {
            Assert.Equal(_scene.Ask("getCollateralReserves(address)", CallData.Word(_scene.Tokens[place]))[0], sale.ForSale(place));
        }

        bool isAbsorbed = _scene.Call("absorb(address,address[])", CallData.Word(s_bob), 64, 1, CallData.Word(s_bob)).IsSuccess;
        Assert.Equal(isAbsorbed, sale.CanAbsorb(account));
        Assert.Equal(isAbsorbed, sale.TryAbsorb(account));
        if (isAbsorbed)
        {
            _scene.Contracts.Keep();
        }

        bool isSold = AssertSells(sale, account);
        _scene.Contracts.ClearStorage();
        _scene.Set(CallData.Hashed("eip1967.proxy.implementation"u8.ToArray()) - 1, CallData.Word(Address.Parse("0x9743591b23b83ed41e6abcc84016a4c7702c706e")));
        return (isAbsorbed, isSold);
    }

    /// <summary>Each purchase is quoted as the contract does, one smallest unit less buys less, and the market sells while we say so.</summary>
    private bool AssertSells(CompoundSale sale, CompoundAccount account)
    {
        bool isSold = _scene.Call("buyCollateral(address,uint256,uint256,address)", CallData.Word(_scene.Tokens[0]), 0, 0, CallData.Word(s_bob)).IsSuccess;
        for (int place = 0; place < _scene.Tokens.Count; place++)
        {
            Assert.Equal(_scene.Ask("getCollateralReserves(address)", CallData.Word(_scene.Tokens[place]))[0], sale.ForSale(place));
        }

        var reserves = _scene.Ask("getReserves()")[0];
        var bought = sale.BuyBest(account.Holdings);
        Assert.Equal(isSold, bought.Count > 0);
        foreach (var (asset, purchase) in bought)
        {
            Assert.Equal(purchase.Bought, Quote(asset, purchase.Paid));
            Assert.True(Quote(asset, purchase.Paid - 1) < purchase.Bought);
            Assert.True(Quote(asset, purchase.Paid + 1_000) > purchase.Bought);
            Assert.True(purchase.Bought <= account.Holdings.Single(holding => holding.Asset == asset).Balance);
            Assert.True(UInt256.IsLessSigned(reserves, _scene.Ask("targetReserves()")[0]), "reserves are below the target before each purchase");
            UInt256.AddWrapping(reserves, purchase.Paid, out reserves);
        }

        return isSold;
    }

    private UInt256 Quote(int asset, UInt256 paid) => _scene.Ask("quoteCollateral(address,uint256)", CallData.Word(_scene.Tokens[asset]), paid)[0];

    private ReserveTokens[] Reserves() => [.. _scene.Tokens.Select(static token => new ReserveTokens(token, default, default))];

    private void Set(UInt256 slot, UInt256 value)
    {
        _scene.Set(slot, value);
        _slots.Add(new ContractSlot(CometScene.Market, new ObservedSlot(slot, value)));
    }
}
