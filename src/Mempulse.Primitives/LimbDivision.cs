using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mempulse.Primitives;

/// <summary>Long division of 64-bit limbs, least significant first, by a divisor of up to four.</summary>
/// <remarks>
/// Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D; each limb of the quotient is computed from a reciprocal of the divisor's
/// highest limb (Moeller and Granlund, Improved division by invariant integers, 2011), because 128-bit hardware division is not available.
/// </remarks>
internal static class LimbDivision
{
    private const int MaxDividendLimbs = 8;
    private const int MaxDivisorLimbs = 4;

    /// <summary>Divides <paramref name="dividend"/> (up to 8 limbs) and returns the remainder.</summary>
    /// <param name="dividend">Least significant first; not changed.</param>
    /// <param name="divisor">Not zero.</param>
    /// <param name="quotient">As long as the dividend; filled.</param>
    public static UInt256 Divide(scoped ReadOnlySpan<ulong> dividend, in UInt256 divisor, scoped Span<ulong> quotient)
    {
        int divisorLimbs = (divisor.BitLength + 63) >> 6;
        int shift = BitOperations.LeadingZeroCount(divisor.Limb(divisorLimbs - 1));
        UInt256.ShiftLeft(divisor, shift, out var normal);
        Span<ulong> remainder = stackalloc ulong[MaxDividendLimbs + 1];
        Normalise(dividend, shift, remainder);
        quotient.Clear();
        ulong reciprocal = Reciprocal(normal.Limb(divisorLimbs - 1));
        Span<ulong> factor = stackalloc ulong[MaxDivisorLimbs];
        for (int i = 0; i < divisorLimbs; i++)
        {
            factor[i] = normal.Limb(i);
        }

        for (int i = UsedLimbs(dividend) - divisorLimbs; i >= 0; i--)
        {
            quotient[i] = Step(remainder.Slice(i, divisorLimbs + 1), factor[..divisorLimbs], reciprocal);
        }

        remainder[divisorLimbs..].Clear();
        UInt256.ShiftRight(new UInt256(remainder[0], remainder[1], remainder[2], remainder[3]), shift, out var result);
        return result;
    }

    /// <summary>Limbs up to the highest that is not zero: products of amounts rarely use all of theirs.</summary>
    private static int UsedLimbs(scoped ReadOnlySpan<ulong> value)
    {
        int used = value.Length;
        while (used > 0 && value[used - 1] == 0)
        {
            used--;
        }

        return used;
    }

    /// <summary>One limb of the quotient; its multiple of the divisor is subtracted from <paramref name="window"/>, whose highest limb becomes zero.</summary>
    private static ulong Step(scoped Span<ulong> window, scoped ReadOnlySpan<ulong> divisor, ulong reciprocal)
    {
        int top = divisor.Length;
        ulong highest = divisor[top - 1];
        ulong guess;
        if (window[top] >= highest)
        {
            guess = ulong.MaxValue;
        }
        else
        {
            guess = Divide2By1(window[top], window[top - 1], highest, reciprocal, out ulong rest);
            if (top > 1)
            {
                guess = Refine(guess, rest, highest, divisor[top - 2], window[top - 2]);
            }
        }

        if (SubtractProduct(window, divisor, guess))
        {
            // The estimate is at most two too high, and at most one after the refinement.
            do
            {
                guess--;
            }
            while (!AddBack(window, divisor));
        }

        return guess;
    }

    private static ulong Refine(ulong guess, ulong rest, ulong highest, ulong second, ulong next)
    {
        for (int i = 0; i < 2; i++)
        {
            ulong high = WideProduct.Of(guess, second, out ulong low);
            if (high < rest || (high == rest && low <= next))
            {
                break;
            }

            guess--;
            ulong more = unchecked(rest + highest); // an overflow ends the refinement
            if (more < rest)
            {
                break;
            }

            rest = more;
        }

        return guess;
    }

    /// <summary>Subtracts factor times divisor from the window; true when the result is negative.</summary>
    private static bool SubtractProduct(scoped Span<ulong> window, scoped ReadOnlySpan<ulong> divisor, ulong factor)
    {
        unchecked // borrows are computed by comparison
        {
            ulong carry = 0;
            for (int i = 0; i < divisor.Length; i++)
            {
                ulong high = WideProduct.Of(factor, divisor[i], out ulong low);
                low += carry;
                high += low < carry ? 1UL : 0UL;
                ulong before = window[i];
                window[i] = before - low;
                carry = high + (before < low ? 1UL : 0UL);
            }

            ulong last = window[divisor.Length];
            window[divisor.Length] = last - carry;
            return last < carry;
        }
    }

    /// <summary>Adds the divisor once; true when that carries out, so the window is positive again.</summary>
    private static bool AddBack(scoped Span<ulong> window, scoped ReadOnlySpan<ulong> divisor)
    {
        unchecked // carries are computed by comparison
        {
            ulong carry = 0;
            for (int i = 0; i < divisor.Length; i++)
            {
                ulong sum = window[i] + divisor[i];
                ulong next = sum < divisor[i] ? 1UL : 0UL;
                sum += carry;
                next |= sum < carry ? 1UL : 0UL;
                window[i] = sum;
                carry = next;
            }

            ulong last = window[divisor.Length] + carry;
            bool carried = last < carry;
            window[divisor.Length] = last;
            return carried;
        }
    }

    private static void Normalise(scoped ReadOnlySpan<ulong> value, int shift, scoped Span<ulong> result)
    {
        result.Clear();
        ulong carry = 0;
        for (int i = 0; i < value.Length; i++)
        {
            result[i] = (value[i] << shift) | carry;
            carry = value[i] >> 1 >> (63 - shift);
        }

        result[value.Length] = carry;
    }

    /// <summary>Divides 128 bits by a normalised limb above <paramref name="high"/>. Moeller and Granlund, algorithm 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Divide2By1(ulong high, ulong low, ulong divisor, ulong reciprocal, out ulong remainder)
    {
        unchecked // the algorithm is stated modulo 2^64
        {
            ulong quotient = WideProduct.Of(reciprocal, high, out ulong fraction);
            fraction += low;
            quotient += high + (fraction < low ? 1UL : 0UL) + 1;
            remainder = low - (quotient * divisor);
            if (remainder > fraction)
            {
                quotient--;
                remainder += divisor;
            }

            if (remainder >= divisor)
            {
                quotient++;
                remainder -= divisor;
            }

            return quotient;
        }
    }

    /// <summary>floor((2^128 - 1) / divisor) - 2^64 for a normalised limb. Moeller and Granlund, algorithm 2.</summary>
    public static ulong Reciprocal(ulong divisor)
    {
        unchecked // the algorithm is stated modulo 2^64
        {
            ulong v0 = 0x7fd00 / (divisor >> 55);
            ulong d40 = (divisor >> 24) + 1;
            ulong v1 = (v0 << 11) - ((v0 * v0 * d40) >> 40) - 1;
            ulong v2 = (v1 << 13) + ((v1 * ((1UL << 60) - (v1 * d40))) >> 47);
            ulong odd = divisor & 1;
            ulong e = ((v2 >> 1) & (0 - odd)) - (v2 * ((divisor >> 1) + odd));
            ulong v3 = (v2 << 31) + (WideProduct.Of(v2, e, out _) >> 1);
            ulong high = WideProduct.Of(v3, divisor, out ulong low);
            high += low + divisor < low ? 1UL : 0UL;
            return v3 - high - divisor;
        }
    }
}
