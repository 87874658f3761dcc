using System.Buffers.Binary;
using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Rlp;

/// <summary>Writes integers as RLP strings into a span, for callers that need no buffer.</summary>
internal static class RlpInteger
{
    /// <summary>The header of an empty string; the header of a short one is this plus its length.</summary>
    public const byte ShortString = 0x80;

    /// <summary>Writes the integer with its header, at most 9 bytes.</summary>
    /// <returns>Number of bytes written.</returns>
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

    /// <summary>Writes the integer with its header, at most 33 bytes.</summary>
    /// <returns>Number of bytes written.</returns>
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
