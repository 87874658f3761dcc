using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Markets;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>A pending report moves the price of a token: which borrowers can be liquidated afterwards, and what that gains: the bonus of Aave V3, or the discount at which Compound V3 sells collateral.</summary>
/// <remarks>
/// A market itself refuses a loan or withdrawal that would leave its account below a health of one, so reports alone are looked at. Interest counts up to the
/// block of the book. The worth is that of the bonus at the prices of the market's oracle: what it costs to exchange the collateral is not counted.
/// </remarks>
public sealed class LiquidationWatch : IStrategy
{
    /// <summary>Accounts of one market for which one report has it look for the best liquidation, those with the largest debts first.</summary>
    public const int MaxOffers = 64;

    private const ulong WeiPerEther = 1_000_000_000_000_000_000;

    /// <inheritdoc/>
    public string Id => "liquidation-watch";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public OppPurpose Purpose => OppPurpose.Liquidation;

    /// <inheritdoc/>
    public void Find(PendingTrade trade, StrategyViews views, CandidateList found)
    {
        ArgumentNullException.ThrowIfNull(trade);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(found);
        CompoundWatch.Find(trade, views, found);
        if (trade.Report is not { Answer.IsZero: false } report)
        {
            return;
        }

        var ether = views.Rules.Registry?.Registry.WrappedEther(views.Pool.Chain);
        foreach (var market in views.Markets.PricedBy(report.Feed))
        {
            if (AaveRevision.TryGetRounding(market.Revision, out _))
            {
                Find(market, report, ether, found);
            }
        }
    }

    private static void Find(LendingMarket market, in OracleReport report, Address? ether, CandidateList found)
    {
        AaveTerms?[] terms = [.. market.Terms];
        UInt128 moved = 0;
        UInt256? price = null;
        for (int place = 0; place < terms.Length; place++)
        {
            if (market.Reserves[place]?.Feed == report.Feed)
            {
                price = price is null || price == terms[place]!.Price ? terms[place]!.Price : UInt256.Zero;
                moved |= UInt128.One << place;
                terms[place] = terms[place]! with { Price = report.Answer };
            }
        }

        var fallen = new List<(LendingAccount Account, AaveHealth Health)>();
        foreach (var account in market.Accounts)
        {
            if (Holds(account, moved) && account.HealthIn(market)?.MayFall(market.Revision, price!.Value, report.Answer) != false
                && AaveHealth.Of(market.Revision, terms, account.Holdings, account.Category) is { Factor: var factor } health && factor < AaveHealth.Whole)
            {
                fallen.Add((account, health));
            }
        }

        // Sorted in a stable way: equal debts stay in ascending order of the accounts.
        foreach (var (account, health) in fallen.OrderByDescending(static one => one.Health.Debt).Take(MaxOffers))
        {
            if (AaveOffer.Best(market.Revision, terms, account.Holdings, account.Category, health) is { } offer)
            {
                found.Add(ToCandidate(market, account, offer, Array.Find(terms, reserve => reserve is not null && reserve.Token == ether)));
            }
        }

        found.LeaveOut(int.Max(0, fallen.Count - MaxOffers));
    }

    private static bool Holds(LendingAccount account, UInt128 places)
    {
        for (int i = 0; i < account.Holdings.Count; i++)
        {
            if (((places >> account.Holdings[i].Reserve) & UInt128.One) == UInt128.One)
            {
                return true;
            }
        }

        return false;
    }

    private static Candidate ToCandidate(LendingMarket market, LendingAccount account, AaveOffer offer, AaveTerms? ether) => new()
    {
        Legs = [new OppLeg(market.Contract, MarketKey.Of(market.Contract, account.Account).Id, offer.Debt.Token, offer.Collateral.Token, offer.Amounts.Debt, offer.Amounts.Collateral)],
        Token = offer.Collateral.Token,
        Input = offer.Amounts.Debt,
        Profit = ((CheckedWord)offer.Gain * offer.Collateral.Unit / offer.Collateral.Price).Value,
        ValueWei = ether is null ? UInt256.Zero : ((CheckedWord)offer.Gain * WeiPerEther / ether.Price).Value,
        IsExact = Follows(market, account),
    };

    /// <summary>True if every price that the account's health depends on follows from events.</summary>
    private static bool Follows(LendingMarket market, LendingAccount account)
    {
        foreach (var holding in account.Holdings)
        {
            if (market.Reserves[holding.Reserve] is not { Feed.IsZero: false })
            {
                return false;
            }
        }

        return true;
    }
}
