using Mempulse.Features.Failures;
using Mempulse.Features.Scoring;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Flags;

/// <summary>Reads the risks of a transaction from what it says and what the fold knows. A risk that cannot be decided is unknown, never absent.</summary>
public static class FlagReader
{
    /// <summary>Number of risks.</summary>
    public const int Count = (int)RiskFlagKind.FailureHistory + 1;

    /// <summary>Basis points of a quote from which on slippage is high.</summary>
    public const ulong HighSlippageBasisPoints = 100;

    /// <summary>A deadline after this, which is in the year 5138, does not count as a deadline.</summary>
    private const ulong NoDeadlineSeconds = 100_000_000_000;

    /// <summary>Reads every risk, in the order of <see cref="RiskFlagKind"/>.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="views">What the fold knows.</param>
    /// <param name="flags">Receives <see cref="Count"/> flags.</param>
    public static void Read(in TxTraits tx, FoldViews views, Span<RiskFlag> flags) => Read(tx, views, flags, swap: null);

    /// <summary>Reads every risk but those of a swap where they are at hand.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="views">What the fold knows.</param>
    /// <param name="flags">Receives <see cref="Count"/> flags.</param>
    /// <param name="swap">Its flags at the same pools and fees, without those that are absent; null to read them.</param>
    internal static void Read(in TxTraits tx, FoldViews views, Span<RiskFlag> flags, IReadOnlyList<RiskFlag>? swap)
    {
        ArgumentNullException.ThrowIfNull(views);
        bool isHeld = views.Pool.TryGetPosition(tx.Hash, out var position);
        flags[(int)RiskFlagKind.Replaceable] = isHeld ? Replaceable(tx, views, position.State) : Unknown(RiskFlagKind.Replaceable);
        flags[(int)RiskFlagKind.NonceGap] = isHeld ? NonceGap(position) : Unknown(RiskFlagKind.NonceGap);
        flags[(int)RiskFlagKind.Underpriced] = Underpriced(tx, views.Traits.Fees);
        flags[(int)RiskFlagKind.UnknownTo] = Of(RiskFlagKind.UnknownTo, tx.IsCall && tx.TargetKind is null);
        flags[(int)RiskFlagKind.NoDeadline] = NoDeadline(tx);
        flags[(int)RiskFlagKind.UnlimitedApproval] = Counted(RiskFlagKind.UnlimitedApproval, tx.UnlimitedApprovals, tx.IsUnderstood);
        flags[(int)RiskFlagKind.DelegatedCode] = Counted(RiskFlagKind.DelegatedCode, tx.AuthorizationCount, isDecided: true);
        flags[(int)RiskFlagKind.FeeOnTransfer] = FeeOnTransfer(tx, views.Failures);
        flags[(int)RiskFlagKind.FailureHistory] = FailureHistory(tx, views.Failures);
        if (swap is null)
        {
            SwapFlags.Read(tx, views, out flags[(int)RiskFlagKind.HighSlippage], out flags[(int)RiskFlagKind.SandwichExposed]);
        }
        else
        {
            flags[(int)RiskFlagKind.HighSlippage] = Find(swap, RiskFlagKind.HighSlippage);
            flags[(int)RiskFlagKind.SandwichExposed] = Find(swap, RiskFlagKind.SandwichExposed);
        }
    }

    internal static RiskFlag Unknown(RiskFlagKind kind) => new(kind, FlagStanding.Unknown);

    internal static RiskFlag Of(RiskFlagKind kind, bool isPresent) => new(kind, isPresent ? FlagStanding.Present : FlagStanding.Absent);

    private static RiskFlag Find(IReadOnlyList<RiskFlag> flags, RiskFlagKind kind)
    {
        foreach (var flag in flags)
        {
            if (flag.Kind == kind)
            {
                return flag;
            }
        }

        return Of(kind, isPresent: false);
    }

    private static RiskFlag Counted(RiskFlagKind kind, int count, bool isDecided) =>
        count > 0 ? Of(kind, isPresent: true) with { Number = (ulong)count } : isDecided ? Of(kind, isPresent: false) : Unknown(kind);

    private static RiskFlag Replaceable(in TxTraits tx, FoldViews views, TxState state)
    {
        bool isWaiting = state is TxState.Seen or TxState.Pending or TxState.Queued or TxState.Left;
        return Of(RiskFlagKind.Replaceable, isWaiting) with
        {
            Number = isWaiting ? ReplacementPrice.LeastBid(tx.MaxFeePerGas, tx.Type == TxType.Blob, views.Pool.Parameters)?.Value : null,
        };
    }

    private static RiskFlag NonceGap(in PoolPosition position) =>
        position.MissingNonces is not { } missing ? Unknown(RiskFlagKind.NonceGap)
        : missing == 0 ? Of(RiskFlagKind.NonceGap, isPresent: false)
        : Of(RiskFlagKind.NonceGap, isPresent: true) with { Number = missing };

    private static RiskFlag Underpriced(in TxTraits tx, FeeOutlook? fees) =>
        fees is not { } next ? Unknown(RiskFlagKind.Underpriced)
        : tx.MaxFeePerGas >= next.NextBaseFee ? Of(RiskFlagKind.Underpriced, isPresent: false)
        : Of(RiskFlagKind.Underpriced, isPresent: true) with { Number = next.NextBaseFee.Value - tx.MaxFeePerGas.Value };

    private static RiskFlag NoDeadline(in TxTraits tx) =>
        !tx.IsTrade ? (tx.IsUnderstood ? Of(RiskFlagKind.NoDeadline, isPresent: false) : Unknown(RiskFlagKind.NoDeadline))
        : tx.MainTrade.Deadline is not { } deadline || deadline > NoDeadlineSeconds ? Of(RiskFlagKind.NoDeadline, isPresent: true)
        : Of(RiskFlagKind.NoDeadline, isPresent: false) with { Number = deadline };

    private static RiskFlag FeeOnTransfer(in TxTraits tx, IFailureView failures)
    {
        ref readonly var trade = ref tx.MainTrade;
        if (!tx.IsTrade)
        {
            return tx.IsUnderstood ? Of(RiskFlagKind.FeeOnTransfer, isPresent: false) : Unknown(RiskFlagKind.FeeOnTransfer);
        }

        var (given, received) = (HistoryOf(trade.TokenIn), HistoryOf(trade.TokenOut));
        var worse = received is { } one && (given is not { } other || one.FailedBasisPoints > other.FailedBasisPoints) ? received : given;
        if (worse is { FailedCount: > 0 } kept)
        {
            return Of(RiskFlagKind.FeeOnTransfer, isPresent: true) with { Number = (ulong)kept.FailedBasisPoints!.Value };
        }

        bool isDecided = tx.TradeCount == 1 && IsDecided(trade.TokenIn, given, tx.WrappedEther) && IsDecided(trade.TokenOut, received, tx.WrappedEther);
        return isDecided ? Of(RiskFlagKind.FeeOnTransfer, isPresent: false) : Unknown(RiskFlagKind.FeeOnTransfer);

        CallHistory? HistoryOf(Address? token) => token is { } known && failures.OfToken(known) is { Count: > 0 } history ? history : null;
    }

    /// <summary>Wrapped ether arrives as it is sent.</summary>
    private static bool IsDecided(Address? token, CallHistory? history, Address? wrappedEther) => history is not null || (token is not null && token == wrappedEther);

    private static RiskFlag FailureHistory(in TxTraits tx, IFailureView failures)
    {
        var sender = failures.OfSender(tx.Sender);
        var target = tx.Target is { } called ? failures.OfTarget(called) : default;
        int? worse = sender.FailedBasisPoints is { } one && !(target.FailedBasisPoints > one) ? one : target.FailedBasisPoints;
        return worse is not { } share ? Unknown(RiskFlagKind.FailureHistory) : Of(RiskFlagKind.FailureHistory, share > 0) with { Number = (ulong)share };
    }
}
