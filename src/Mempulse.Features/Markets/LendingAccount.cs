using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>An account of a lending market. Valid during the call that receives it; confined to the fold's thread.</summary>
public sealed class LendingAccount
{
    private LendingMarket? _market; // that of the health
    private AaveHealth? _health;

    internal LendingAccount(Address account, IReadOnlyList<AaveHolding> holdings, AaveCategory category) => (Account, Holdings, Category) = (account, holdings, category);

    /// <summary>The account.</summary>
    public Address Account { get; }

    /// <summary>What it has, in ascending order of the places of the reserves.</summary>
    public IReadOnlyList<AaveHolding> Holdings { get; }

    /// <summary>The terms of its efficiency mode.</summary>
    public AaveCategory Category { get; }

    /// <summary>Its health at the market's prices; null if a price or the terms of a reserve are not known.</summary>
    /// <remarks>It is computed once for each state of the market, because every pending report asks for that of every account.</remarks>
    public AaveHealth? HealthIn(LendingMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (!ReferenceEquals(market, _market))
        {
            (_market, _health) = (market, AaveHealth.Of(market.Revision, market.Terms, Holdings, Category));
        }

        return _health;
    }
}
