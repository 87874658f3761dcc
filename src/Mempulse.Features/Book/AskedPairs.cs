using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>The pairs of tokens that one transaction asks for: those that it trades, and each of their tokens with the hubs. Buffers are reused.</summary>
internal sealed class AskedPairs(BookTokens tokens, BookBounds bounds)
{
    private readonly List<TokenPair> _pairs = [];
    private readonly SortedSet<TokenPair> _beyond = []; // empty but for hostile transactions, so that others allocate nothing

    /// <summary>Pairs of the last transaction beyond what one may ask for.</summary>
    public int Beyond => _beyond.Count;

    /// <summary>The pairs, those that are traded last, so that they are read first.</summary>
    /// <returns>Valid until the next call.</returns>
    public IReadOnlyList<TokenPair> Of(IReadOnlyList<Trade> trades, IReadOnlyList<Address> hubs)
    {
        _pairs.Clear();
        _beyond.Clear();
        foreach (var trade in trades)
        {
            if (trade is { TokenIn: { } given, TokenOut: { } received })
            {
                Add(given, received);
            }
        }

        foreach (var trade in trades)
        {
            if (trade is { TokenIn: { IsZero: false } given, TokenOut: { IsZero: false } received } && given != received)
            {
                foreach (var hub in hubs)
                {
                    Add(received, hub);
                    Add(given, hub);
                }
            }
        }

        _pairs.Reverse();
        return _pairs;
    }

    private void Add(in Address one, in Address other)
    {
        if (one == other || one.IsZero || other.IsZero || tokens.IsInexact(one) || tokens.IsInexact(other) || _pairs.Contains(TokenPair.Of(one, other)))
        {
            return;
        }

        if (_pairs.Count < bounds.OfOneTx)
        {
            _pairs.Add(TokenPair.Of(one, other));
        }
        else
        {
            _beyond.Add(TokenPair.Of(one, other));
        }
    }
}
