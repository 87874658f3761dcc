using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>The tokens that share a pool that is held with one token.</summary>
internal sealed class TokenNeighbours(Address token) : IKeyed<Address>
{
    private readonly List<Address> _tokens = [];

    /// <inheritdoc/>
    public Address Key { get; } = token;

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<Address> Tokens => _tokens;

    public void Add(in Address other)
    {
        int place = _tokens.BinarySearch(other);
        if (place < 0)
        {
            _tokens.Insert(~place, other);
        }
    }

    public void Remove(in Address other)
    {
        int place = _tokens.BinarySearch(other);
        if (place >= 0)
        {
            _tokens.RemoveAt(place);
        }
    }
}
