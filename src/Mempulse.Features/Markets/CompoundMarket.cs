using Mempulse.Features.Liquidations.Compound;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Markets;

/// <summary>A market of Compound V3 as the book has it. Valid during the call that receives it.</summary>
public sealed class CompoundMarket
{
    private readonly CompoundState _state;
    private readonly Func<IEnumerable<CompoundAccount>> _accounts;

    internal CompoundMarket(MarketEntry market, CompoundState state, ulong time, Func<IEnumerable<CompoundAccount>> accounts)
    {
        (Contract, IsProven, Time, _state, _accounts) = (market.Key, market.IsProven, time, state, accounts);
        Totals = state.Totals.At(time, state.Terms.Supply, state.Terms.Borrow);
    }

    /// <summary>The market.</summary>
    public Address Contract { get; }

    /// <summary>True if its state was read with proofs.</summary>
    public bool IsProven { get; }

    /// <summary>The time of the block whose state it has, in Unix seconds.</summary>
    public ulong Time { get; }

    /// <summary>What its code says.</summary>
    public CompoundTerms Terms => _state.Terms;

    /// <summary>What is lent and borrowed, with interest up to its time; null where the contract reverts.</summary>
    public CometTotals? Totals { get; }

    /// <summary>True unless it is paused to sell collateral.</summary>
    public bool IsSelling => _state.CanBuy;

    /// <summary>True unless it is paused to absorb accounts.</summary>
    public bool IsAbsorbing => _state.CanAbsorb;

    /// <summary>The price of the base token, and then of each collateral by its place; zero where its feed gives no price.</summary>
    public IReadOnlyList<ObservedPrice> Prices => _state.Prices;

    /// <summary>The accounts whose state is known, in ascending order.</summary>
    public IEnumerable<CompoundAccount> Accounts => _accounts();

    /// <summary>What it has of a collateral beyond what belongs to accounts.</summary>
    /// <param name="asset">The place of the collateral.</param>
    public UInt256 ForSale(int asset) => _state.ForSale(asset);
}
