using Mempulse.Features.Liquidations.Compound;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>The terms of a market of Compound V3. They are constants of its code, so they are what the market answers when it is executed.</summary>
/// <param name="BaseToken">The token that is lent.</param>
/// <param name="BaseScale">Smallest units of one such token.</param>
/// <param name="StoreFrontPriceFactor">The share of the liquidation penalty that buyers of collateral get as a discount, in parts of 10^18.</param>
/// <param name="TargetReserves">Reserves from which on it sells no collateral.</param>
/// <param name="Supply">The rate of lenders.</param>
/// <param name="Borrow">The rate of borrowers.</param>
/// <param name="Balance">The market's balance of the base token.</param>
/// <param name="Assets">Its collaterals by their places.</param>
public sealed record CompoundTerms(
    Address BaseToken, UInt256 BaseScale, UInt256 StoreFrontPriceFactor, UInt256 TargetReserves, CometCurve Supply, CometCurve Borrow, UInt256 Balance, IReadOnlyList<CompoundAsset> Assets)
{
    /// <summary>Words of an asset: token, scale, two factors, the market's balance.</summary>
    public const int AssetWords = 5;

    /// <summary>Collaterals that a market can have.</summary>
    public const int MaxAssets = CompoundSlots.MaxAssets;

    private const int CurveWords = 4;
    private const int SupplyAt = 4;
    private const int BorrowAt = SupplyAt + CurveWords;
    private const int BalanceAt = BorrowAt + CurveWords;
    private const int HeadWords = BalanceAt + 1;

    /// <summary>The functions whose answers are the first words, in order. The market's balance of the base token and the assets follow.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        "baseToken()", "baseScale()", "storeFrontPriceFactor()", "targetReserves()",
        "supplyKink()", "supplyPerSecondInterestRateSlopeLow()", "supplyPerSecondInterestRateSlopeHigh()", "supplyPerSecondInterestRateBase()",
        "borrowKink()", "borrowPerSecondInterestRateSlopeLow()", "borrowPerSecondInterestRateSlopeHigh()", "borrowPerSecondInterestRateBase()",
    ];

    /// <summary>The terms that answers state.</summary>
    /// <returns>Null if they are not those of such a market.</returns>
    public static CompoundTerms? Read(IReadOnlyList<Hash256> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        int assets = (answers.Count - HeadWords) / AssetWords;
        if (answers.Count < HeadWords || (answers.Count - HeadWords) % AssetWords != 0 || assets > MaxAssets || MarketKey.AddressOf(answers[0]) is not { IsZero: false } token)
        {
            return null;
        }

        UInt256[] words = [.. answers.Select(MarketKey.WordOf)];
        var read = new CompoundAsset[assets];
        for (int i = 0; i < assets; i++)
        {
            int at = HeadWords + (i * AssetWords);
            if (MarketKey.AddressOf(answers[at]) is not { IsZero: false } asset || words[at + 1].IsZero)
            {
                return null;
            }

            read[i] = new CompoundAsset(asset, words[at + 1], words[at + 2], words[at + 3], words[at + 4]);
        }

        return words[1].IsZero ? null : new CompoundTerms(token, words[1], words[2], words[3], CurveAt(words, SupplyAt), CurveAt(words, BorrowAt), words[BalanceAt], read);
    }

    private static CometCurve CurveAt(UInt256[] words, int at) => new(words[at], words[at + 1], words[at + 2], words[at + 3]);
}
