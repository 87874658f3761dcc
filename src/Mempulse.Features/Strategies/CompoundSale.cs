using Mempulse.Features.Liquidations.Compound;
using Mempulse.Features.Markets;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>What a market of Compound V3 sells, as accounts are absorbed and collateral is bought one after another.</summary>
internal sealed class CompoundSale
{
    private readonly CompoundMarket _market;
    private readonly CometMarket _mathematics;
    private readonly CometAsset[] _assets;
    private readonly UInt256[] _forSale;
    private CometTotals _totals;
    private UInt256 _balance;

    private CompoundSale(CompoundMarket market, CometTotals totals, OracleReport? report)
    {
        var terms = market.Terms;
        (_market, _totals, _balance) = (market, totals, terms.Balance);
        _mathematics = new CometMarket
        {
            BasePrice = PriceOf(market.Prices[0], report),
            BaseScale = terms.BaseScale,
            BaseSupplyIndex = totals.SupplyIndex,
            BaseBorrowIndex = totals.BorrowIndex,
            StoreFrontPriceFactor = terms.StoreFrontPriceFactor,
            TargetReserves = terms.TargetReserves,
        };
        _assets = [.. terms.Assets.Select((asset, place) => new CometAsset(PriceOf(market.Prices[place + 1], report), asset.Scale, asset.LiquidateCollateralFactor, asset.LiquidationFactor))];
        _forSale = [.. terms.Assets.Select((_, place) => market.ForSale(place))];
    }

    /// <summary>The sale of a market, with the price that a report says.</summary>
    /// <returns>Null if the market sells nothing: it is paused, it has no price of its base token, or its interest does not fit.</returns>
    public static CompoundSale? Of(CompoundMarket market, OracleReport? report) =>
        market is { IsSelling: true, Totals: { } totals } && !PriceOf(market.Prices[0], report).IsZero ? new CompoundSale(market, totals, report) : null;

    /// <summary>The price of the base token, in parts of 10^8.</summary>
    public UInt256 BasePrice => _mathematics.BasePrice;

    /// <summary>The price of a collateral, in parts of 10^8.</summary>
    public UInt256 PriceOf(int asset) => _assets[asset].Price;

    /// <summary>What is left for sale of a collateral.</summary>
    public UInt256 ForSale(int asset) => _forSale[asset];

    /// <summary>True if an account can be absorbed.</summary>
    public bool CanAbsorb(CompoundAccount account) =>
        _market.IsAbsorbing && !account.Borrowed.IsZero && account.IsWhole && account.Holdings.All(holding => holding.Asset < _assets.Length && !_assets[holding.Asset].Price.IsZero)
        && _mathematics.IsLiquidatable(account.Borrowed, CollateralOf(account));

    /// <summary>Absorbs an account: reserves pay its debt, and its collateral is for sale.</summary>
    /// <returns>False where the contract reverts.</returns>
    public bool TryAbsorb(CompoundAccount account)
    {
        var borrowed = _totals.Borrowed - (CheckedWord)account.Borrowed;
        var supplied = _totals.Supplied + (CheckedWord)_mathematics.PrincipalAfterAbsorb(account.Borrowed, CollateralOf(account));
        if (borrowed.IsFailed || supplied.IsFailed || !CanAbsorb(account))
        {
            return false;
        }

        _totals = _totals with { Borrowed = borrowed.Value, Supplied = supplied.Value };
        foreach (var holding in account.Holdings)
        {
            _forSale[holding.Asset] += holding.Balance; // two amounts of 128 bits
        }

        return true;
    }

    /// <summary>Buys collateral.</summary>
    /// <returns>False where the contract reverts: reserves are at their target, or too little is for sale.</returns>
    public bool TryBuy(int asset, in UInt256 paid, in UInt256 minimum)
    {
        var bought = _mathematics.QuoteCollateral(_assets[asset], paid);
        var balance = _balance + (CheckedWord)paid;
        if (!IsOpen || bought > _forSale[asset] || bought < minimum || balance.IsFailed)
        {
            return false;
        }

        (_forSale[asset], _balance) = (_forSale[asset] - bought, balance.Value);
        return true;
    }

    /// <summary>Buys what gains most first, while reserves are below their target.</summary>
    /// <param name="wanted">How much of each collateral at most.</param>
    /// <returns>The purchases, each with the place of its collateral.</returns>
    public IReadOnlyList<(int Asset, CometPurchase Purchase)> BuyBest(IEnumerable<CompoundHolding> wanted)
    {
        var offers = new List<(int Asset, CometPurchase Purchase)>();
        foreach (var holding in wanted)
        {
            if (!_assets[holding.Asset].Price.IsZero && _mathematics.BuyAll(_assets[holding.Asset], holding.Balance < _forSale[holding.Asset] ? holding.Balance : _forSale[holding.Asset]) is { } purchase)
            {
                offers.Add((holding.Asset, purchase));
            }
        }

        // Sorted in a stable way: equal gains stay in ascending order of the places.
        return [.. offers.OrderByDescending(static offer => offer.Purchase.Gain).Where(offer => TryBuy(offer.Asset, offer.Purchase.Paid, offer.Purchase.Bought))];
    }

    private bool IsOpen => !_totals.PresentSupply.IsFailed && !_totals.PresentBorrow.IsFailed && _mathematics.IsForSale(_balance, _totals.PresentSupply.Value, _totals.PresentBorrow.Value);

    private IEnumerable<KeyValuePair<CometAsset, UInt256>> CollateralOf(CompoundAccount account) =>
        account.Holdings.Select(holding => new KeyValuePair<CometAsset, UInt256>(_assets[holding.Asset], holding.Balance));

    private static UInt256 PriceOf(in ObservedPrice price, OracleReport? report) => report is { } reported && !price.Feed.IsZero && reported.Feed == price.Feed ? reported.Answer : price.Price;
}
