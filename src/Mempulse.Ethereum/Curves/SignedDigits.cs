using System.Numerics;

namespace Mempulse.Ethereum.Curves;

/// <summary>Recodes a number as a sum of powers of two times signed digits, few of which are not zero.</summary>
/// <remarks>The width-w non-adjacent form: Solinas, Efficient arithmetic on Koblitz curves, 2000, section 4.1.</remarks>
internal static class SignedDigits
{
    /// <summary>Width of a digit in bits; a digit is zero, or odd with a magnitude below 2^(Width - 1).</summary>
    public const int Width = 5;

    private const int ByteBits = 8;

    /// <summary>Returns the largest number of digits of a number of this many bytes.</summary>
    public static int CountOf(int scalarBytes) => (ByteBits * scalarBytes) + 1;

    /// <summary>Writes the digits of a big-endian number, lowest first, and fills all of <paramref name="digits"/>.</summary>
    public static void Write(ReadOnlySpan<byte> scalar, Span<sbyte> digits)
    {
        digits.Clear();
        int carry = 0;
        for (int at = 0; at < digits.Length;)
        {
            if ((Bits(scalar, at, 1) ^ carry) == 0)
            {
                at++;
                continue;
            }

            // The window is odd. A value in the upper half becomes a negative digit and carries one into the next window.
            int digit = Bits(scalar, at, Width) + carry;
            carry = digit >> (Width - 1);
            digits[at] = (sbyte)(digit - (carry << Width));
            at += Width;
        }
    }

    /// <summary>Returns the digits -1, 0 and 1 of a number, lowest first, of which no two neighbours are not zero; the highest is 1.</summary>
    public static sbyte[] NonAdjacent(BigInteger number)
    {
        var digits = new List<sbyte>();
        for (; !number.IsZero; number >>= 1)
        {
            int digit = number.IsEven ? 0 : 2 - (int)(number & 3);
            digits.Add((sbyte)digit);
            number -= digit;
        }

        return [.. digits];
    }

    /// <summary>Returns up to eight bits of a big-endian number, from bit <paramref name="lowest"/> up; bits beyond the number are zero.</summary>
    public static int Bits(ReadOnlySpan<byte> scalar, int lowest, int count)
    {
        int at = scalar.Length - 1 - (lowest / ByteBits);
        int pair = (at >= 0 ? scalar[at] : 0) | (at > 0 ? scalar[at - 1] << ByteBits : 0);
        return (pair >> (lowest % ByteBits)) & ((1 << count) - 1);
    }
}
