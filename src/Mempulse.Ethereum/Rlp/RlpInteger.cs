using System.Buffers.Binary;
using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Rlp;

/// <summary>Integers as RLP strings in a span, where a buffer would be too much.</summary>
internal static class RlpInteger
{
    /// <summary>The header of an empty string; the length of a short one is added to it.</summary>
    public const byte ShortString = 0x80;

    /// <summary>Writes the header and the bytes, at most 9.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(ulong value, Span<byte> destination)
    {
        if (value is > 0 and < ShortString)
        {
            destination[0] = (byte)value;
            return 1;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return WriteString(bytes[(BitOperations.LeadingZeroCount(value) / 8)..], destination);
    }

    /// <summary>Writes the header and the bytes, at most 33.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(in UInt256 value, Span<byte> destination)
    {
        if (value.FitsUInt64)
        {
            return Write(value.LowUInt64, destination);
        }

        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return WriteString(bytes[(UInt256.Size - value.ByteLength)..], destination);
    }

    private static int WriteString(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        destination[0] = (byte)(ShortString + bytes.Length);
        bytes.CopyTo(destination[1..]);
        return 1 + bytes.Length;
    }
}
