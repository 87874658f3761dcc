using Mempulse.Features.Book;
using Mempulse.Features.Decoding;
using Mempulse.Features.Failures;
using Mempulse.Features.Registry;
using Mempulse.Features.Traits;
using Mempulse.Primitives;

namespace Mempulse.Features.Scoring;

/// <summary>Reads features from what the fold knows of the mempool and the chain.</summary>
public sealed class MempoolExtractor : IFeatureExtractor
{
    private const ulong AllBasisPoints = 10_000;
    private const string FilteredKind = "mixer";

    /// <inheritdoc/>
    public string Id => "mempool";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public TxFeatures Extract(in TxTraits tx, FoldViews views)
    {
        ArgumentNullException.ThrowIfNull(views);
        bool isHeld = views.Pool.TryGetPosition(tx.Hash, out var position);
        var fees = views.Traits.Fees;
        return new TxFeatures
        {
            SecondsLeft = SecondsLeft(tx, views, isHeld ? position.WaitsSinceSeconds : 0),
            HeadroomBasisPoints = fees is { } next ? Difference(tx.MaxFeePerGas.Value, next.NextBaseFee.Value) : null,
            BaseFeeTrendBasisPoints = fees is { } trend ? Difference(trend.NextBaseFee.Value, trend.OldestBaseFee.Value) : null,
            Sightings = position.Sightings,
            Rivals = views.Traits.RivalsOf(tx),
            BlocksUndone = fees?.BlocksUndone ?? 0,
            ValueWei = ValueOf(tx, views),
            SenderFailuresBasisPoints = Share(views.Failures.OfSender(tx.Sender)),
            TargetFailuresBasisPoints = tx.Target is { } target ? Share(views.Failures.OfTarget(target)) : null,
            IsFiltered = tx.TargetKind == FilteredKind,
            MissingNonces = position.MissingNonces is { } missing ? (long)Math.Min(missing, long.MaxValue) : 0,
            IsStateSensitive = tx.TradeCount > 0 || tx.Category is CallCategory.Liquidation or CallCategory.Lending,
        };
    }

    /// <summary>
    /// The ether that a swap gives or receives: no more can be gained from it. Where its calldata does not bound that, what the book's best pool
    /// quotes stands for it. Transfers and approvals have nothing to gain.
    /// </summary>
    private static UInt256? ValueOf(in TxTraits tx, FoldViews views)
    {
        ref readonly var trade = ref tx.MainTrade;
        if (!tx.IsTrade)
        {
            return tx.IsUnderstood && tx.Category is CallCategory.Transfer or CallCategory.Approval ? UInt256.Zero : null;
        }

        return tx.TradeCount != 1 || tx.WrappedEther is not { } ether ? null
            : trade.TokenIn == ether && trade.AmountIn.Meaning is AmountMeaning.Exact or AmountMeaning.Maximum ? trade.AmountIn.Value
            : trade.TokenOut == ether && trade.AmountOut.Meaning is AmountMeaning.Exact or AmountMeaning.Maximum ? trade.AmountOut.Value
            : views.Book is { } book && trade is { TokenIn: { } given, AmountIn.Meaning: AmountMeaning.Exact or AmountMeaning.Maximum } ? PoolPrice.InEther(book, given, trade.AmountIn.Value, ether)
            : null;
    }

    private static long? SecondsLeft(in TxTraits tx, FoldViews views, ulong waitsSince)
    {
        if (views.Pool.Head is not { } head)
        {
            return null;
        }

        long now = (long)Math.Min(head.TimestampSeconds, long.MaxValue);
        long expiry = (long)Math.Min(Math.Max(waitsSince, 1), long.MaxValue / 2) + (long)Math.Min(views.Pool.Parameters.ExpirySeconds, long.MaxValue / 2) - now;
        return tx.MainTrade.Deadline is { FitsUInt64: true } deadline && deadline.LowUInt64 <= long.MaxValue ? Math.Min(expiry, (long)deadline.LowUInt64 - now) : expiry;
    }

    /// <summary>How far a number is above another one, in basis points of the latter; null if that is zero.</summary>
    private static long? Difference(in UInt256 value, in UInt256 basis)
    {
        if (basis.IsZero)
        {
            return null;
        }

        bool isAbove = value >= basis;
        var distance = isAbove ? value - basis : basis - value;
        long share = Share(distance, basis);
        return isAbove ? share : -Math.Max(share, 1);
    }

    /// <summary>A part in basis points of a whole, rounded down; the largest number if it does not fit. Fees are small, so they are divided as small numbers.</summary>
    private static long Share(in UInt256 part, in UInt256 whole)
    {
        if (part.FitsUInt64 && part.LowUInt64 <= long.MaxValue / AllBasisPoints)
        {
            return whole.FitsUInt64 ? (long)(part.LowUInt64 * AllBasisPoints / whole.LowUInt64) : 0;
        }

        bool isExact = UInt256.TryMultiplyDivide(part, AllBasisPoints, whole, out var points, out _);
        return isExact && points.FitsUInt64 && points.LowUInt64 <= long.MaxValue ? (long)points.LowUInt64 : long.MaxValue;
    }

    /// <summary>The failures in basis points of the calls and two more that succeed, so that a single failure does not count as certainty.</summary>
    private static long? Share(in CallHistory history) => history.Count == 0 ? null : history.FailedCount * (long)AllBasisPoints / (history.Count + 2);
}
