using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>Looks for tokens in lists in ascending order, such as those of <see cref="IPoolBook.NeighboursOf"/>.</summary>
internal static class SortedTokens
{
    /// <summary>Returns true if a list has a token.</summary>
    /// <param name="tokens">The list, in ascending order.</param>
    /// <param name="token">The token.</param>
    /// <param name="at">Where to begin: 0, or where the last token was found that is not greater. Receives where this one is, or would be.</param>
    public static bool Contains(IReadOnlyList<Address> tokens, in Address token, ref int at)
    {
        int low = at;
        int high = tokens.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (tokens[middle] < token)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        at = low;
        return low < tokens.Count && tokens[low] == token;
    }
}
