using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>Names accounts and reserves of markets as the legs of opportunities do: the market, and an address as a word.</summary>
internal static class MarketKey
{
    private const int Padding = Hash256.Size - Address.Size;

    /// <summary>An account, or the reserve of a token.</summary>
    public static PoolKey Of(in Address market, in Address part)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        word.Clear();
        part.CopyTo(word[Padding..]);
        return new PoolKey(market, new Hash256(word));
    }

    /// <summary>The account or token that a key names.</summary>
    public static Address PartOf(in PoolKey key)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        key.Id.CopyTo(word);
        return new Address(word[Padding..]);
    }

    /// <summary>The address that a topic of an event is.</summary>
    /// <returns>Null if the topic is longer than an address.</returns>
    public static Address? AddressOf(in Hash256 topic)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        topic.CopyTo(word);
        return word[..Padding].ContainsAnyExcept((byte)0) ? null : new Address(word[Padding..]);
    }

    /// <summary>The number that a word is.</summary>
    public static UInt256 WordOf(Hash256 word)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        word.CopyTo(bytes);
        return UInt256.FromBigEndian(bytes);
    }
}
