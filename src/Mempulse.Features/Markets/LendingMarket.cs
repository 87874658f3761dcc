using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>A lending market as the book has it. Valid during the call that receives it.</summary>
public sealed class LendingMarket
{
    private readonly Func<IEnumerable<LendingAccount>> _accounts;
    private AaveTerms?[]? _terms;

    internal LendingMarket(MarketEntry market, ulong time, Func<IEnumerable<LendingAccount>> accounts)
    {
        (Contract, Revision, IsProven, Time, _accounts) = (market.Key, market.Revision, market.IsProven, time, accounts);
        Reserves = [.. market.Reserves.Select(static reserve => reserve is null ? null : new LendingReserve(reserve.Tokens, reserve.Feed, reserve.Newest.Reserve))];
    }

    /// <summary>The market.</summary>
    public Address Contract { get; }

    /// <summary>The revision of its code.</summary>
    public int Revision { get; }

    /// <summary>True if its state began with proven values.</summary>
    public bool IsProven { get; }

    /// <summary>The time of the block whose state it has, in Unix seconds.</summary>
    public ulong Time { get; }

    /// <summary>Its reserves by their places; null at a place without one.</summary>
    public IReadOnlyList<LendingReserve?> Reserves { get; }

    /// <summary>The terms of its reserves at its time, by their places; null at a place without one. Only for a revision that <see cref="AaveRevision"/> knows.</summary>
    public IReadOnlyList<AaveTerms?> Terms => _terms ??= [.. Reserves.Select(reserve => reserve is null ? null : AaveTerms.Of(reserve.State, Revision, Time))];

    /// <summary>The accounts whose state is known, in ascending order.</summary>
    public IEnumerable<LendingAccount> Accounts => _accounts();
}
