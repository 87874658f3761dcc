using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>Two tokens in ascending order, as factories number them.</summary>
/// <param name="Low">Token 0 of the pools of the pair.</param>
/// <param name="High">Token 1.</param>
internal readonly record struct TokenPair(Address Low, Address High) : IComparable<TokenPair>
{
    public static TokenPair Of(in Address one, in Address other) => one < other ? new TokenPair(one, other) : new TokenPair(other, one);

    public int CompareTo(TokenPair other) => Low != other.Low ? Low.CompareTo(other.Low) : High.CompareTo(other.High);
}
