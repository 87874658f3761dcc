using Mempulse.Features.Markets;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>Bodies that report to a feed of a market, or that absorb accounts of one or buy its collateral: they trade nothing, and are triggers all the same.</summary>
internal static class MarketReports
{
    /// <summary>True if a fact reports such a body.</summary>
    public static bool IsOne(in Fact fact, IMempoolView pool, PendingTrades pending, IMarketBook markets)
    {
        if (markets.Head is null)
        {
            return false;
        }

        var call = pending.CallOf(fact, pool);
        return IsOne(call.Target ?? default, call.Data, markets);
    }

    /// <summary>True if a call is one.</summary>
    public static bool IsOne(in Address target, ReadOnlySpan<byte> calldata, IMarketBook markets) =>
        markets.Head is not null
        && (OracleReport.TryRead(target, calldata, out var report)
            ? markets.PricedBy(report.Feed).Count > 0 || markets.CompoundPricedBy(report.Feed).Count > 0
            : CompoundCall.Read(calldata) is not null && markets.TryGetCompound(target, out _));
}
