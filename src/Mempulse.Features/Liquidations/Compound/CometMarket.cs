using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Compound;

/// <summary>A market of Compound V3, as far as liquidations read it.</summary>
/// <remarks>
/// Absorbing takes over a whole account and pays the absorber nothing; what can be gained is the discount on collateral that the protocol sells
/// while its reserves are below their target.
/// </remarks>
public sealed record CometMarket
{
    private const ulong FactorScale = 1_000_000_000_000_000_000;
    private const ulong IndexScale = 1_000_000_000_000_000;

    /// <summary>Price of the base token, in parts of 10^8.</summary>
    public required UInt256 BasePrice { get; init; }

    /// <summary>Smallest units of one base token.</summary>
    public required UInt256 BaseScale { get; init; }

    /// <summary>Index by which principals lent have grown, in parts of 10^15.</summary>
    public required UInt256 BaseSupplyIndex { get; init; }

    /// <summary>Index by which principals borrowed have grown, in parts of 10^15.</summary>
    public required UInt256 BaseBorrowIndex { get; init; }

    /// <summary>The share of the liquidation penalty that buyers of collateral get as a discount, in parts of 10^18.</summary>
    public required UInt256 StoreFrontPriceFactor { get; init; }

    /// <summary>Reserves from which on the protocol sells no collateral.</summary>
    public required UInt256 TargetReserves { get; init; }

    /// <summary>True if an account's debt exceeds the weighted value of its collateral.</summary>
    /// <param name="borrowed">The account's principal; zero if it does not borrow.</param>
    /// <param name="collateral">Each collateral that the account has, with its balance.</param>
    /// <returns>False also where the contract reverts for a number that does not fit.</returns>
    public bool IsLiquidatable(in UInt256 borrowed, IEnumerable<KeyValuePair<CometAsset, UInt256>> collateral)
    {
        ArgumentNullException.ThrowIfNull(collateral);
        var debt = Value(borrowed * (CheckedWord)BaseBorrowIndex / IndexScale, BasePrice, BaseScale);
        CheckedWord covered = 0;
        foreach (var (asset, balance) in collateral)
        {
            covered += Value(balance, asset.Price, asset.Scale) * asset.LiquidateCollateralFactor / FactorScale;
        }

        return !borrowed.IsZero && !debt.IsFailed && !covered.IsFailed && covered < debt;
    }

    /// <summary>The account after it is absorbed: its collateral is gone, and its principal is what this returns.</summary>
    /// <param name="borrowed">The account's principal.</param>
    /// <param name="collateral">Each collateral that the account has, with its balance.</param>
    /// <returns>The principal that the account then lends; zero if its collateral does not exceed the debt.</returns>
    public UInt256 PrincipalAfterAbsorb(in UInt256 borrowed, IEnumerable<KeyValuePair<CometAsset, UInt256>> collateral)
    {
        ArgumentNullException.ThrowIfNull(collateral);
        CheckedWord credited = 0;
        foreach (var (asset, balance) in collateral)
        {
            credited += Value(balance, asset.Price, asset.Scale) * asset.LiquidationFactor / FactorScale;
        }

        var repaid = credited * BaseScale / BasePrice;
        var debt = borrowed * (CheckedWord)BaseBorrowIndex / IndexScale;
        return repaid > debt ? ((repaid - debt) * IndexScale / BaseSupplyIndex).Value : UInt256.Zero;
    }

    /// <summary>True while the protocol sells collateral.</summary>
    /// <param name="balance">The market's balance of the base token.</param>
    /// <param name="totalSupply">What lenders are owed, with interest.</param>
    /// <param name="totalBorrow">What borrowers owe, with interest.</param>
    public bool IsForSale(in UInt256 balance, in UInt256 totalSupply, in UInt256 totalBorrow)
    {
        // Reserves are balance + totalBorrow - totalSupply, and may be below zero.
        var assets = (CheckedWord)balance + totalBorrow;
        var needed = (CheckedWord)totalSupply + TargetReserves;
        return !assets.IsFailed && !needed.IsFailed && assets < needed;
    }

    /// <summary>The collateral that <paramref name="baseAmount"/> buys: quoteCollateral.</summary>
    /// <returns>Zero where the contract reverts.</returns>
    public UInt256 QuoteCollateral(in CometAsset asset, in UInt256 baseAmount)
    {
        return (BasePrice * (CheckedWord)baseAmount * asset.Scale / SalePrice(asset) / BaseScale).Value;
    }

    /// <summary>Buys all that is for sale of a collateral, as far as one payment can, for the least that buys it.</summary>
    /// <returns>Null if nothing can be bought, or if it gains nothing.</returns>
    public CometPurchase? BuyAll(in CometAsset asset, in UInt256 forSale)
    {
        // The contract rounds what it gives down, so that several payments buy the same: first the most that can be had, then the least payment for it.
        var perUnit = BaseScale * SalePrice(asset);
        var perPaid = BasePrice * (CheckedWord)asset.Scale;
        var most = (((forSale + (CheckedWord)1) * perUnit) - 1) / perPaid;
        var bought = QuoteCollateral(asset, most.Value);
        var paid = ((bought * perUnit) + perPaid - 1) / perPaid;
        var gain = (bought * (CheckedWord)asset.Price * BaseScale / perPaid) - paid;
        return most.IsFailed || bought.IsZero || gain.IsFailed || gain.Value.IsZero ? null : new CometPurchase(paid.Value, bought, gain.Value);
    }

    /// <summary>The price at which the protocol sells a collateral.</summary>
    private CheckedWord SalePrice(in CometAsset asset)
    {
        var discount = StoreFrontPriceFactor * (CheckedWord)(FactorScale - (CheckedWord)asset.LiquidationFactor) / FactorScale;
        var price = asset.Price * (FactorScale - discount) / FactorScale;
        return price;
    }

    private static CheckedWord Value(in CheckedWord amount, in UInt256 price, in UInt256 scale) => amount * price / scale;
}
