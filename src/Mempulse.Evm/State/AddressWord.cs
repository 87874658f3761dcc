using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Addresses and hashes as words of the stack and back.</summary>
internal static class AddressWord
{
    /// <summary>The low 20 bytes of a word.</summary>
    public static Address ToAddress(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Address(bytes[(UInt256.Size - Address.Size)..]);
    }

    /// <summary>An address as a number.</summary>
    public static UInt256 ToWord(in Address address)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        bytes.Clear();
        address.CopyTo(bytes[(UInt256.Size - Address.Size)..]);
        UInt256.ReadWord(in bytes[0], out var word);
        return word;
    }

    /// <summary>A hash as a number.</summary>
    public static UInt256 ToWord(in Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        hash.CopyTo(bytes);
        UInt256.ReadWord(in bytes[0], out var word);
        return word;
    }

    /// <summary>A number as a hash.</summary>
    public static Hash256 ToHash(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Hash256(bytes);
    }

    /// <summary>The number an address is when all but its last two bytes are zero; 0 otherwise.</summary>
    public static int SmallNumber(in Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        address.CopyTo(bytes);
        return bytes[..^sizeof(ushort)].IndexOfAnyExcept((byte)0) < 0 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[^sizeof(ushort)..]) : 0;
    }
}
