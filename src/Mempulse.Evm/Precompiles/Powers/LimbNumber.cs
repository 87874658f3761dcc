using System.Buffers.Binary;
using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Evm.Precompiles.Powers;

/// <summary>Numbers of any length as 64-bit limbs, least significant first.</summary>
internal static class LimbNumber
{
    /// <summary>Number of bits of a limb.</summary>
    public const int LimbBits = 64;

    private const int LimbBytes = sizeof(ulong);

    /// <summary>Reads the lowest limbs of a big-endian number; limbs beyond the number become zero.</summary>
    public static void Read(ReadOnlySpan<byte> bigEndian, Span<ulong> limbs)
    {
        Span<byte> top = stackalloc byte[LimbBytes];
        for (int i = 0; i < limbs.Length; i++)
        {
            int end = bigEndian.Length - (i * LimbBytes);
            if (end >= LimbBytes)
            {
                limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(bigEndian[(end - LimbBytes)..]);
                continue;
            }

            top.Clear();
            bigEndian[..Math.Max(end, 0)].CopyTo(top[(LimbBytes - Math.Max(end, 0))..]);
            limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(top);
        }
    }

    /// <summary>Reads the lowest limbs of a non-negative number.</summary>
    public static void Read(BigInteger number, Span<ulong> limbs) => Read(number.ToByteArray(isUnsigned: true, isBigEndian: true), limbs);

    /// <summary>Writes the number big-endian and fills all of <paramref name="bigEndian"/>; higher bytes that do not fit must be zero.</summary>
    public static void Write(ReadOnlySpan<ulong> limbs, Span<byte> bigEndian)
    {
        for (int i = 0; i < bigEndian.Length; i++)
        {
            int limb = i / LimbBytes;
            bigEndian[bigEndian.Length - 1 - i] = limb < limbs.Length ? (byte)(limbs[limb] >> (8 * (i % LimbBytes)) & 0xff) : (byte)0;
        }
    }

    /// <summary>Subtracts in place, wrapping; both numbers have the same length.</summary>
    public static void Subtract(Span<ulong> number, ReadOnlySpan<ulong> other)
    {
        ulong borrow = 0;
        for (int i = 0; i < number.Length; i++)
        {
            number[i] = LimbMath.SubtractBorrow(number[i], other[i], ref borrow);
        }
    }

    /// <summary>True when <paramref name="number"/> is at least <paramref name="other"/>; both have the same length.</summary>
    public static bool IsAtLeast(ReadOnlySpan<ulong> number, ReadOnlySpan<ulong> other)
    {
        for (int i = number.Length - 1; i >= 0; i--)
        {
            if (number[i] != other[i])
            {
                return number[i] > other[i];
            }
        }

        return true;
    }

    /// <summary>Counts the zero bits below the lowest one bit; the number must not be zero.</summary>
    public static int TrailingZeros(ReadOnlySpan<ulong> number)
    {
        int limb = number.IndexOfAnyExcept(0UL);
        return (limb * LimbBits) + BitOperations.TrailingZeroCount(number[limb]);
    }
}
