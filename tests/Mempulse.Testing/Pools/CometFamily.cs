using Mempulse.Features.Liquidations.Compound;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Compound V3: which accounts the USDC market of mainnet absorbs, what it leaves them, and what it sells collateral for.</summary>
public sealed class CometFamily : PoolFamily
{
    private const int PrincipalBits = 104;

    private static readonly Address s_account = Address.Parse("0x0000000000000000000000000000000000009000");

    private readonly ContractScene _scene = new();
    private readonly Address _market;
    private readonly Address _base;
    private readonly Address _baseFeed;
    private readonly Listing[] _listings;

    public CometFamily()
    {
        _market = DeployedCode.Read("compound-code.json.zst").Put(_scene, "comet-usdc");
        _base = Read("baseToken()");
        _baseFeed = Read("baseTokenPriceFeed()");
        _scene.Put(_base, ProbeCode.Purse);
        _scene.Put(_baseFeed, ProbeCode.Feed);
        _listings = [.. Enumerable.Range(0, (int)Number("numAssets()").LowUInt64).Select(List)];
    }

    /// <inheritdoc/>
    public override string Name => "Compound V3";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        var market = Market(random);
        var assets = _listings.Select(listing => listing.Asset with { Price = random.Number(20, 48) }).ToArray();
        var balances = assets.Select(asset => random.OneIn(2) ? UInt256.Zero : random.Number(1, 80)).ToArray();
        var borrowed = random.OneIn(10) ? UInt256.Zero : Debt(random, market, assets, balances);
        Store(market, assets, balances, borrowed);
        var held = assets.Zip(balances, KeyValuePair.Create).Where(static pair => !pair.Value.IsZero).ToArray();
        string given = $"{borrowed} borrowed against {string.Join(", ", held)} in {market}";
        bool isLiquidatable = market.IsLiquidatable(borrowed, held);
        if (Number("isLiquidatable(address)", CallData.Word(s_account)) != (isLiquidatable ? 1UL : 0))
        {
            return (false, $"{given}: {isLiquidatable}, but the market says otherwise");
        }

        return (isLiquidatable, CompareSale(random, market, assets, given) ?? CompareReserves(random, market) ?? CompareAbsorb(market, held, borrowed, isLiquidatable, given));
    }

    private string? CompareAbsorb(CometMarket market, KeyValuePair<CometAsset, UInt256>[] held, UInt256 borrowed, bool isLiquidatable, string given)
    {
        var absorbed = _scene.Call(_market, CallData.Of("absorb(address,address[])").Add(s_account).Add(64).Add(1).Add(s_account).ToArray());
        if (absorbed.IsSuccess != isLiquidatable)
        {
            return $"{given}: {isLiquidatable}, but absorb {(absorbed.IsSuccess ? "succeeds" : $"reverts with 0x{Convert.ToHexStringLower(absorbed.Output.Span)}")}";
        }

        UInt256.ShiftLeft(_scene.After(_market, CallData.Slot(CallData.Word(s_account), 5)), 256 - PrincipalBits, out var principal);
        UInt256.ShiftRightSigned(principal, 256 - PrincipalBits, out principal);
        var expected = market.PrincipalAfterAbsorb(borrowed, held);
        return !isLiquidatable || principal == expected ? null : $"{given}: {expected} after absorb, but the market keeps {principal}";
    }

    private string? CompareSale(PoolRandom random, CometMarket market, CometAsset[] assets, string given)
    {
        int index = random.Below(assets.Length);
        var amount = random.Number(1, 100);
        var quoted = Number("quoteCollateral(address,uint256)", CallData.Word(_listings[index].Token), amount);
        var ours = market.QuoteCollateral(assets[index], amount);
        return quoted == ours ? null : $"{given}: {amount} buys {ours} of {assets[index]}, but the market sells {quoted}";
    }

    private string? CompareReserves(PoolRandom random, CometMarket market)
    {
        var (balance, supply, borrow) = (random.Number(20, 60), random.Number(20, 60), random.Number(20, 60));
        _scene.Set(_base, 0, balance);
        Totals(supply, borrow);
        var reserves = Number("getReserves()");
        bool isForSale = reserves.IsNegative || reserves < market.TargetReserves;
        UInt256.TryMultiplyDivide(supply, market.BaseSupplyIndex, Power(15), out var owed, out _);
        UInt256.TryMultiplyDivide(borrow, market.BaseBorrowIndex, Power(15), out var due, out _);
        Totals(Power(25), Power(25));
        return market.IsForSale(balance, owed, due) == isForSale ? null : $"{balance}, {owed} and {due} in {market}: but the reserves are {reserves}";
    }

    private CometMarket Market(PoolRandom random) => new()
    {
        BasePrice = (ulong)random.Between(98_000_000, 102_000_000),
        BaseScale = Number("baseScale()"),
        BaseSupplyIndex = Power(15) + random.Number(1, 48),
        BaseBorrowIndex = Power(15) + random.Number(1, 48),
        StoreFrontPriceFactor = Number("storeFrontPriceFactor()"),
        TargetReserves = Number("targetReserves()"),
    };

    /// <summary>A debt near the weighted value of the collateral, so that both answers occur.</summary>
    private static UInt256 Debt(PoolRandom random, CometMarket market, CometAsset[] assets, UInt256[] balances)
    {
        var value = UInt256.Zero;
        for (int i = 0; i < assets.Length; i++)
        {
            UInt256.TryMultiplyDivide(balances[i], assets[i].Price, assets[i].Scale, out var part, out _);
            value += part;
        }

        UInt256.TryMultiplyDivide(value, (ulong)random.Between(70, 110) * market.BaseScale.LowUInt64, market.BasePrice * 100, out var debt, out _);
        return debt.BitLength < 80 ? debt : random.Number(1, 60);
    }

    private void Store(CometMarket market, CometAsset[] assets, UInt256[] balances, UInt256 borrowed)
    {
        _scene.ClearStorage();
        _scene.Set(_market, 0, new UInt256(market.BaseSupplyIndex.LowUInt64, market.BaseBorrowIndex.LowUInt64, Power(15).LowUInt64, Power(15).LowUInt64));
        Totals(Power(25), Power(25));
        _scene.Set(_baseFeed, 0, market.BasePrice);
        ulong assetsIn = 0;
        var collateral = CallData.Slot(CallData.Word(s_account), 6);
        for (int i = 0; i < assets.Length; i++)
        {
            _scene.Set(_listings[i].Feed, 0, assets[i].Price);
            _scene.Set(_market, CallData.Slot(CallData.Word(_listings[i].Token), 2), balances[i]);
            _scene.Set(_market, CallData.Slot(CallData.Word(_listings[i].Token), collateral), balances[i]);
            assetsIn |= balances[i].IsZero ? 0 : 1UL << i;
        }

        UInt256.NegateWrapping(borrowed, out var principal);
        UInt256.ShiftLeft(principal, 256 - PrincipalBits, out principal);
        UInt256.ShiftRight(principal, 256 - PrincipalBits, out principal);
        UInt256.ShiftLeft(Power(15), PrincipalBits, out var tracked); // nothing accrued for rewards
        _scene.Set(_market, CallData.Slot(CallData.Word(s_account), 5), principal + tracked + new UInt256(0, 0, 0, assetsIn << 40));
    }

    private void Totals(UInt256 supply, UInt256 borrow)
    {
        UInt256.ShiftLeft(borrow, PrincipalBits, out var high);
        UInt256.ShiftLeft(ContractScene.Timestamp, 2 * PrincipalBits, out var time);
        _scene.Set(_market, 1, supply + high + time);
    }

    private Listing List(int index)
    {
        var entry = _scene.Call(_market, CallData.Of("getAssetInfo(uint8)").Add((ulong)index).ToArray());
        var feed = new Address(entry.Output.Span.Slice((2 * UInt256.Size) + 12, Address.Size));
        _scene.Put(feed, ProbeCode.Feed);
        return new Listing(new Address(entry.Output.Span.Slice(UInt256.Size + 12, Address.Size)), feed, new CometAsset(0, entry.Word(3), entry.Word(5), entry.Word(6)));
    }

    private Address Read(string getter) => new(_scene.Call(_market, CallData.Of(getter).ToArray()).Output.Span[12..]);

    private UInt256 Number(string getter, params ReadOnlySpan<UInt256> words)
    {
        var data = CallData.Of(getter);
        foreach (var word in words)
        {
            data.Add(word);
        }

        var result = _scene.Call(_market, data.ToArray());
        return result.IsSuccess ? result.Word(0) : throw new InvalidDataException($"{getter} reverts with 0x{Convert.ToHexStringLower(result.Output.Span)}.");
    }

    private static UInt256 Power(int exponent)
    {
        UInt256 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private sealed record Listing(Address Token, Address Feed, CometAsset Asset);
}
