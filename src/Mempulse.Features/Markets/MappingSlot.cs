using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>The slot of an entry of a mapping: the hash of its key and of the mapping's own slot.</summary>
internal static class MappingSlot
{
    /// <summary>The entry of an address.</summary>
    public static UInt256 Of(in Address key, in UInt256 mapping)
    {
        Span<byte> words = stackalloc byte[2 * UInt256.Size];
        words.Clear();
        key.CopyTo(words[(UInt256.Size - Address.Size)..]);
        return Of(words, mapping);
    }

    /// <summary>The entry of a number.</summary>
    public static UInt256 Of(ulong key, in UInt256 mapping)
    {
        Span<byte> words = stackalloc byte[2 * UInt256.Size];
        UInt256.FromUInt64(key).WriteBigEndian(words);
        return Of(words, mapping);
    }

    private static UInt256 Of(Span<byte> words, in UInt256 mapping)
    {
        mapping.WriteBigEndian(words[UInt256.Size..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(words).CopyTo(hash);
        return UInt256.FromBigEndian(hash);
    }
}
