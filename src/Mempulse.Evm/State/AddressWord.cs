using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Converts addresses and hashes to stack words and back.</summary>
internal static class AddressWord
{
    /// <summary>Returns the low 20 bytes of a word as an address.</summary>
    public static Address ToAddress(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Address(bytes[(UInt256.Size - Address.Size)..]);
    }

    /// <summary>Converts an address to a word.</summary>
    public static UInt256 ToWord(in Address address)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        bytes.Clear();
        address.CopyTo(bytes[(UInt256.Size - Address.Size)..]);
        UInt256.ReadWord(in bytes[0], out var word);
        return word;
    }

    /// <summary>Converts a hash to a word.</summary>
    public static UInt256 ToWord(in Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        hash.CopyTo(bytes);
        UInt256.ReadWord(in bytes[0], out var word);
        return word;
    }

    /// <summary>Converts a word to a hash.</summary>
    public static Hash256 ToHash(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Hash256(bytes);
    }

    /// <summary>Returns the address as a number if it is below 65,536; otherwise 0.</summary>
    public static int SmallNumber(in Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        address.CopyTo(bytes);
        return bytes[..^sizeof(ushort)].IndexOfAnyExcept((byte)0) < 0 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[^sizeof(ushort)..]) : 0;
    }
}
