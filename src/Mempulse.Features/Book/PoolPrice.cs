using Mempulse.Features.Decoding;
using Mempulse.Features.Pools;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>What a pool of the book quotes for a trade.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="TokenIn">The index of the token that is given.</param>
/// <param name="TokenOut">The index of the token that is received.</param>
/// <param name="Quote">What the pool takes and gives.</param>
internal readonly record struct PoolPrice(BookPool Pool, int TokenIn, int TokenOut, Quote Quote)
{
    /// <summary>The best quote for a trade in a pool of its two tokens.</summary>
    /// <returns>Null if the trade does not state what it gives or receives exactly, or no pool fills it.</returns>
    public static PoolPrice? Find(IPoolBook book, in Trade trade)
    {
        if (trade is not { TokenIn: { } given, TokenOut: { } received })
        {
            return null;
        }

        return trade.AmountIn.Meaning == AmountMeaning.Exact && trade.AmountOut.Meaning is AmountMeaning.Minimum or AmountMeaning.Exact
            ? Best(book, given, received, trade.AmountIn.Value, isInput: true)
            : trade is { AmountIn.Meaning: AmountMeaning.Maximum, AmountOut.Meaning: AmountMeaning.Exact } ? Best(book, given, received, trade.AmountOut.Value, isInput: false) : null;
    }

    /// <summary>What an amount of a token is worth in wei at the best quote; null if no pool of it and wrapped ether fills that.</summary>
    public static UInt256? InEther(IPoolBook book, in Address token, in UInt256 amount, Address? wrappedEther) =>
        wrappedEther is not { } ether ? null
        : token == ether || amount.IsZero ? amount
        : Best(book, token, ether, amount, isInput: true)?.Quote.AmountOut;

    private static PoolPrice? Best(IPoolBook book, in Address given, in Address received, in UInt256 amount, bool isInput)
    {
        PoolPrice? best = null;
        foreach (var pool in book.PoolsOf(given, received))
        {
            int tokenIn = pool.IndexOf(given);
            int tokenOut = pool.IndexOf(received);
            var quote = isInput ? pool.State.QuoteExactInput(tokenIn, tokenOut, amount) : pool.State.QuoteExactOutput(tokenIn, tokenOut, amount);
            if (quote.IsFilled && (best is not { } other || (isInput ? quote.AmountOut > other.Quote.AmountOut : quote.AmountIn < other.Quote.AmountIn)))
            {
                best = new PoolPrice(pool, tokenIn, tokenOut, quote);
            }
        }

        return best;
    }
}
