using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>What is to be read of a market.</summary>
/// <param name="Market">The market.</param>
/// <param name="Form">How it keeps its state.</param>
/// <param name="Oracle">The contract that prices its tokens; the zero address for a market that does so itself.</param>
/// <param name="IsWanted">True if the market itself is to be read.</param>
/// <param name="Reserves">The contracts of its reserves by their places, as far as they are known.</param>
/// <param name="Accounts">Accounts that are to be read.</param>
public sealed record MarketTask(Address Market, LendingForm Form, Address Oracle, bool IsWanted, IReadOnlyList<ReserveTokens> Reserves, IReadOnlyList<Address> Accounts)
{
    /// <summary>The slots of the market that are still to be read, as far as the known ones tell; none once its state is complete.</summary>
    /// <remarks>The collaterals of a market of Compound V3 are in its code: they have to be among the reserves.</remarks>
    public IReadOnlyList<SlotOf> MissingSlots(MarketValues known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Form == LendingForm.CompoundV3 ? CompoundReading.MissingOfMarket(Market, Reserves, known) : AaveReading.MissingOfPool(Market, known);
    }

    /// <summary>The tokens that the oracle prices, once all slots of the market are known.</summary>
    public IReadOnlyList<Address> PricedTokens(MarketValues known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return AaveReading.TokensOf(Market, known);
    }

    /// <summary>The slots of an account that are still to be read; none once its state is complete.</summary>
    public IReadOnlyList<SlotOf> MissingSlots(in Address account, MarketValues known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Form == LendingForm.CompoundV3
            ? CompoundReading.MissingOfAccount(Market, Reserves, account, known)
            : AaveReading.MissingOfAccount(Market, Reserves, account, known);
    }
}
