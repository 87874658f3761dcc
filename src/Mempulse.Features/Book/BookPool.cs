using Mempulse.Features.Pools;
using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>A pool as the book holds it: at the state of <see cref="IPoolBook.Head"/>.</summary>
/// <param name="Key">The pool.</param>
/// <param name="Protocol">The protocol, as the registry names it, such as "uniswap-v2".</param>
/// <param name="Tokens">Its tokens, in the order of <see cref="IPool"/>.</param>
/// <param name="State">What a swap does.</param>
/// <param name="IsProven">True if the state began with values that a block's state root proves.</param>
public sealed record BookPool(PoolKey Key, string Protocol, IReadOnlyList<Address> Tokens, IPool State, bool IsProven)
{
    /// <summary>The index of a token; -1 for a token that the pool does not have.</summary>
    public int IndexOf(in Address token)
    {
        for (int i = 0; i < Tokens.Count; i++)
        {
            if (Tokens[i] == token)
            {
                return i;
            }
        }

        return -1;
    }
}
