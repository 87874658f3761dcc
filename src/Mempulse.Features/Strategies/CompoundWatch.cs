using Mempulse.Features.Book;
using Mempulse.Features.Markets;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>The part of <see cref="LiquidationWatch"/> that looks at markets of Compound V3: which collateral can be bought at a discount after a pending transaction.</summary>
/// <remarks>
/// To absorb an account takes over the whole of it and pays nothing. What can be gained is the discount at which the market sells collateral afterwards, while its
/// reserves are below their target; each purchase raises them. The gain is that at the market's own prices: what it costs to exchange the collateral is not counted.
/// </remarks>
internal static class CompoundWatch
{
    private const ulong WeiPerEther = 1_000_000_000_000_000_000;

    public static void Find(PendingTrade trade, StrategyViews views, CandidateList found)
    {
        var ether = views.Rules.Registry?.Registry.WrappedEther(views.Pool.Chain);
        if (trade.Report is { } report)
        {
            foreach (var market in report.Answer.IsZero ? [] : views.Markets.CompoundPricedBy(report.Feed))
            {
                FindFallen(market, report, ether, found);
            }
        }
        else if (CompoundCall.Read(trade.Calldata.Span) is { } call && views.Markets.TryGetCompound(trade.Target, out var called))
        {
            switch (call)
            {
                case CompoundCall.Absorb absorb:
                    FindAbsorbed(called, absorb, ether, found);
                    break;
                case CompoundCall.Buy buy:
                    FindLeft(called, buy, ether, found);
                    break;
            }
        }
    }

    /// <summary>Accounts that can be absorbed once the reported price is in force.</summary>
    private static void FindFallen(CompoundMarket market, in OracleReport report, Address? ether, CandidateList found)
    {
        var reported = report;
        if (CompoundSale.Of(market, reported) is not { } sale)
        {
            return;
        }

        bool isBase = market.Prices[0].Feed == reported.Feed;
        bool[] isMoved = [.. market.Prices.Skip(1).Select(price => isBase || price.Feed == reported.Feed)];
        var fallen = market.Accounts.Where(account => account.Holdings.Any(holding => holding.Asset < isMoved.Length && isMoved[holding.Asset]) && sale.CanAbsorb(account)).ToList();

        // Sorted in a stable way: equal debts stay in ascending order of the accounts.
        foreach (var account in fallen.OrderByDescending(static account => account.Borrowed).Take(LiquidationWatch.MaxOffers))
        {
            var after = CompoundSale.Of(market, reported)!;
            if (after.TryAbsorb(account))
            {
                Add(market, after, account.Holdings, MarketKey.Of(market.Contract, account.Account), ether, found);
            }
        }

        found.LeaveOut(int.Max(0, fallen.Count - LiquidationWatch.MaxOffers));
    }

    /// <summary>What the accounts of a pending call leave for sale. The call reverts unless all of them can be absorbed.</summary>
    private static void FindAbsorbed(CompoundMarket market, CompoundCall.Absorb absorb, Address? ether, CandidateList found)
    {
        CompoundAccount?[] accounts = [.. absorb.Accounts.Select(address => market.Accounts.FirstOrDefault(account => account.Account == address))];
        foreach (var account in accounts)
        {
            if (account is not null && CompoundSale.Of(market, report: null) is { } sale && accounts.All(other => other is not null && sale.TryAbsorb(other)))
            {
                Add(market, sale, account.Holdings, MarketKey.Of(market.Contract, account.Account), ether, found);
            }
        }
    }

    /// <summary>What a pending purchase leaves for sale.</summary>
    private static void FindLeft(CompoundMarket market, CompoundCall.Buy buy, Address? ether, CandidateList found)
    {
        int place = market.Terms.Assets.TakeWhile(asset => asset.Token != buy.Token).Count();
        if (CompoundSale.Of(market, report: null) is { } sale && place < market.Terms.Assets.Count && sale.TryBuy(place, buy.Paid, buy.Minimum))
        {
            Add(market, sale, market.Terms.Assets.Select((_, asset) => new CompoundHolding(asset, sale.ForSale(asset))), PoolKey.Of(market.Contract), ether, found);
        }
    }

    private static void Add(CompoundMarket market, CompoundSale sale, IEnumerable<CompoundHolding> wanted, in PoolKey key, Address? ether, CandidateList found)
    {
        var of = key;
        CompoundHolding[] asked = [.. wanted];
        var purchases = sale.BuyBest(asked);
        if (purchases.Count == 0)
        {
            return;
        }

        var (paid, gain) = purchases.Aggregate(
            ((CheckedWord)UInt256.Zero, (CheckedWord)UInt256.Zero), static (sum, next) => (sum.Item1 + next.Purchase.Paid, sum.Item2 + next.Purchase.Gain));
        found.Add(new Candidate
        {
            Legs = [.. purchases.Select(next => new OppLeg(market.Contract, of.Id, market.Terms.BaseToken, market.Terms.Assets[next.Asset].Token, next.Purchase.Paid, next.Purchase.Bought))],
            Token = market.Terms.BaseToken,
            Input = paid.Value,
            Profit = gain.Value,
            ValueWei = EtherPrice(market, sale, ether) is { } price ? (gain * sale.BasePrice / market.Terms.BaseScale * WeiPerEther / price).Value : UInt256.Zero,
            IsExact = asked.All(holding => !market.Prices[holding.Asset + 1].Feed.IsZero) && !market.Prices[0].Feed.IsZero,
        });
    }

    /// <summary>The market's price of ether; null if it has none.</summary>
    private static UInt256? EtherPrice(CompoundMarket market, CompoundSale sale, Address? ether)
    {
        int place = market.Terms.Assets.TakeWhile(asset => asset.Token != ether).Count();
        return market.Terms.BaseToken == ether ? sale.BasePrice : place < market.Terms.Assets.Count && !sale.PriceOf(place).IsZero ? sale.PriceOf(place) : null;
    }
}
