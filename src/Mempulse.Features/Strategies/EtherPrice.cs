using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>The price of a token in wrapped ether, through the pools that have both.</summary>
public static class EtherPrice
{
    /// <summary>Pools that are asked.</summary>
    public const int MaxPools = 16;

    /// <summary>True if the token is wrapped ether, or a pool has both.</summary>
    public static bool IsPriced(IPoolBook book, in Address token, in Address ether)
    {
        ArgumentNullException.ThrowIfNull(book);
        return token == ether || book.PoolsOf(token, ether).Count > 0;
    }

    /// <summary>What an amount is worth: the most that a pool would give for it after the pending transaction.</summary>
    /// <returns>Wei; zero if no pool gives anything.</returns>
    public static UInt256 ValueOf(PendingTrade trade, IPoolBook book, in Address token, in Address ether, in UInt256 amount)
    {
        ArgumentNullException.ThrowIfNull(trade);
        ArgumentNullException.ThrowIfNull(book);
        if (token == ether)
        {
            return amount;
        }

        var most = UInt256.Zero;
        var pools = book.PoolsOf(token, ether);
        for (int i = 0; i < pools.Count && i < MaxPools; i++)
        {
            var quote = trade.StateOf(pools[i]).QuoteExactInput(pools[i].IndexOf(token), pools[i].IndexOf(ether), amount);
            most = quote.IsFilled && quote.AmountOut > most ? quote.AmountOut : most;
        }

        return most;
    }
}
