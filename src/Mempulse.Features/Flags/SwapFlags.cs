using Mempulse.Features.Book;
using Mempulse.Features.Decoding;
using Mempulse.Features.Pools.Exposure;
using Mempulse.Features.Scoring;
using Mempulse.Features.Traits;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Flags;

/// <summary>Reads the risks of a swap from a pool of its two tokens: the one that quotes best.</summary>
/// <remarks>The route of the swap may be another one, so the pool stands for the price that the swap can expect.</remarks>
internal static class SwapFlags
{
    private const ulong AllBasisPoints = 10_000;

    /// <summary>Gas of the two swaps of an attack.</summary>
    private const ulong AttackGas = 300_000;

    public static void Read(in TxTraits tx, FoldViews views, out RiskFlag slippage, out RiskFlag exposure)
    {
        slippage = FlagReader.Unknown(RiskFlagKind.HighSlippage);
        exposure = FlagReader.Unknown(RiskFlagKind.SandwichExposed);
        ref readonly var trade = ref tx.MainTrade;
        if (!tx.IsTrade)
        {
            if (tx.IsUnderstood)
            {
                slippage = FlagReader.Of(RiskFlagKind.HighSlippage, isPresent: false);
                exposure = FlagReader.Of(RiskFlagKind.SandwichExposed, isPresent: false);
            }

            return;
        }

        if (tx.TradeCount != 1)
        {
            return;
        }

        if (trade.AmountOut is { Meaning: AmountMeaning.Minimum, Value.IsZero: true })
        {
            slippage = Slippage(AllBasisPoints); // any price is accepted, whatever a pool quotes
        }

        if (views.Book is { } book && PoolPrice.Find(book, trade) is { } price)
        {
            slippage = SlippageOf(trade, price) is { } basisPoints ? Slippage(basisPoints) : slippage;
            exposure = ExposureOf(tx, trade, price, book, views.Traits.Fees);
        }
    }

    private static RiskFlag Slippage(in UInt256 basisPoints) =>
        FlagReader.Of(RiskFlagKind.HighSlippage, basisPoints >= FlagReader.HighSlippageBasisPoints) with { Number = basisPoints };

    /// <summary>How far the bound is from the quote, in basis points of the quote; null if the amounts do not say.</summary>
    private static UInt256? SlippageOf(in Trade trade, in PoolPrice price)
    {
        var (quote, bound, isWorse) = trade.AmountOut.Meaning == AmountMeaning.Minimum
            ? (price.Quote.AmountOut, trade.AmountOut.Value, price.Quote.AmountOut > trade.AmountOut.Value)
            : (price.Quote.AmountIn, trade.AmountIn.Value, price.Quote.AmountIn < trade.AmountIn.Value);
        if (!isWorse)
        {
            return UInt256.Zero;
        }

        return UInt256.TryMultiplyDivide(quote > bound ? quote - bound : bound - quote, AllBasisPoints, quote, out var basisPoints, out _) ? basisPoints : null;
    }

    private static RiskFlag ExposureOf(in TxTraits tx, in Trade trade, in PoolPrice price, IPoolBook book, FeeOutlook? fees)
    {
        if (trade is not { AmountIn.Meaning: AmountMeaning.Exact, AmountOut.Meaning: AmountMeaning.Minimum }
            || !ExposureSearch.TryFind(price.Pool.State, price.TokenIn, price.TokenOut, trade.AmountIn.Value, trade.AmountOut.Value, ExposureSearch.MaxQuotes, out var found))
        {
            return FlagReader.Unknown(RiskFlagKind.SandwichExposed);
        }

        if (found.Loss.IsZero)
        {
            return FlagReader.Of(RiskFlagKind.SandwichExposed, isPresent: false) with { Number = UInt256.Zero, PaysAfterGas = false };
        }

        var gain = PoolPrice.InEther(book, trade.TokenIn!.Value, found.GrossProfit, tx.WrappedEther);
        return FlagReader.Of(RiskFlagKind.SandwichExposed, isPresent: true) with
        {
            Number = PoolPrice.InEther(book, trade.TokenOut!.Value, found.Loss, tx.WrappedEther),
            PaysAfterGas = gain is { } wei && fees is { } next && UInt256.TryMultiply(next.NextBaseFee.Value, AttackGas, out var cost) ? wei > cost : null,
        };
    }
}
