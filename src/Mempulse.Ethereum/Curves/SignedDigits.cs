namespace Mempulse.Ethereum.Curves;

/// <summary>Numbers as sums of powers of two times odd digits of either sign, few of which are not zero.</summary>
/// <remarks>The width-w non-adjacent form: Solinas, Efficient arithmetic on Koblitz curves, 2000, section 4.1.</remarks>
internal static class SignedDigits
{
    /// <summary>Bits of a digit; digits are odd and below 2^(Width - 1) in magnitude, or zero.</summary>
    public const int Width = 5;

    private const int ByteBits = 8;

    /// <summary>How many digits a number of so many bytes has at most.</summary>
    public static int CountOf(int scalarBytes) => (ByteBits * scalarBytes) + 1;

    /// <summary>Writes the digits of a big-endian number, lowest first, over all of <paramref name="digits"/>.</summary>
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

            // An odd window: the upper half of them become negative and carry one into what is left.
            int digit = Bits(scalar, at, Width) + carry;
            carry = digit >> (Width - 1);
            digits[at] = (sbyte)(digit - (carry << Width));
            at += Width;
        }
    }

    /// <summary>Up to eight bits of a big-endian number from <paramref name="lowest"/> up; bits above it are zero.</summary>
    public static int Bits(ReadOnlySpan<byte> scalar, int lowest, int count)
    {
        int at = scalar.Length - 1 - (lowest / ByteBits);
        int pair = (at >= 0 ? scalar[at] : 0) | (at > 0 ? scalar[at - 1] << ByteBits : 0);
        return (pair >> (lowest % ByteBits)) & ((1 << count) - 1);
    }
}
