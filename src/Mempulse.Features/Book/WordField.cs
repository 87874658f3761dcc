using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>A value that shares a word of storage, or of an event, with others.</summary>
internal static class WordField
{
    /// <summary>Bits of a word.</summary>
    public const int WordBits = 256;

    /// <summary>The value in <paramref name="bits"/> bits, from <paramref name="lowest"/> on.</summary>
    public static UInt256 Read(in UInt256 word, int lowest, int bits)
    {
        UInt256.ShiftLeft(word, WordBits - lowest - bits, out var top);
        UInt256.ShiftRight(top, WordBits - bits, out var value);
        return value;
    }

    /// <summary>The same, as a number with a sign; at most 64 bits.</summary>
    public static long ReadSigned(in UInt256 word, int lowest, int bits)
    {
        UInt256.ShiftLeft(word, WordBits - lowest - bits, out var top);
        UInt256.ShiftRightSigned(top, WordBits - bits, out var value);
        return unchecked((long)value.LowUInt64);
    }

    /// <summary>The same, as a number with a sign of 128 bits.</summary>
    public static Int128 ReadSigned128(in UInt256 word, int lowest)
    {
        var low = Read(word, lowest, 64);
        long high = ReadSigned(word, lowest + 64, 64);
        return ((Int128)high << 64) | low.LowUInt64;
    }

    /// <summary>A word of one value, moved up to <paramref name="lowest"/>.</summary>
    public static UInt256 Place(in UInt256 value, int lowest)
    {
        UInt256.ShiftLeft(value, lowest, out var placed);
        return placed;
    }

    /// <summary>A number as a word in two's complement.</summary>
    public static UInt256 OfSigned(long value)
    {
        if (value >= 0)
        {
            return (ulong)value;
        }

        UInt256.NegateWrapping((ulong)-value, out var negative);
        return negative;
    }

    /// <summary>A number of 128 bits.</summary>
    public static UInt256 OfUInt128(UInt128 value) => new((ulong)(value & ulong.MaxValue), (ulong)(value >> 64), 0, 0);

    /// <summary>The lower 128 bits.</summary>
    public static UInt128 ToUInt128(in UInt256 value) => new(Read(value, 64, 64).LowUInt64, value.LowUInt64);
}
