using System.Numerics;

namespace Mempulse.Primitives;

/// <summary>Division as the EVM defines it: division by zero is zero (Yellow Paper, appendix H.2).</summary>
public readonly partial record struct UInt256
{
    /// <summary>The quotient; 0 when <paramref name="divisor"/> is 0.</summary>
    public static void Divide(in UInt256 dividend, in UInt256 divisor, out UInt256 quotient)
    {
        if (dividend.FitsUInt64 && divisor.FitsUInt64)
        {
            quotient = divisor._l0 == 0 ? 0 : dividend._l0 / divisor._l0;
            return;
        }

        if (divisor.FitsUInt64 && divisor._l0 != 0)
        {
            _ = DivideByLimb(dividend, divisor._l0, out quotient);
            return;
        }

        if (divisor.IsPowerOfTwo)
        {
            ShiftRight(dividend, divisor.TrailingZeroCount, out quotient); // how contracts shifted before EIP-145
            return;
        }

        DivRem(dividend, divisor, out quotient, out _);
    }

    /// <summary>The remainder; 0 when <paramref name="divisor"/> is 0.</summary>
    public static void Remainder(in UInt256 dividend, in UInt256 divisor, out UInt256 remainder)
    {
        if (dividend.FitsUInt64 && divisor.FitsUInt64)
        {
            remainder = divisor._l0 == 0 ? 0 : dividend._l0 % divisor._l0;
            return;
        }

        if (divisor.FitsUInt64 && divisor._l0 != 0)
        {
            remainder = DivideByLimb(dividend, divisor._l0, out _);
            return;
        }

        DivRem(dividend, divisor, out _, out remainder);
    }

    /// <summary>Quotient and remainder; both 0 when <paramref name="divisor"/> is 0.</summary>
    public static void DivRem(in UInt256 dividend, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        if (divisor.IsZero || IsLess(dividend, divisor))
        {
            remainder = divisor.IsZero ? Zero : dividend;
            quotient = Zero;
            return;
        }

        if ((divisor._l2 | divisor._l3) == 0 && divisor._l1 != 0)
        {
            quotient = new TwoLimbDivision(divisor._l1, divisor._l0).Divide(dividend, out remainder);
            return;
        }

        Span<ulong> limbs = stackalloc ulong[LimbCount];
        dividend.CopyLimbs(limbs);
        Span<ulong> quotientLimbs = stackalloc ulong[LimbCount];
        remainder = LimbDivision.Divide(limbs, divisor, quotientLimbs);
        quotient = new UInt256(quotientLimbs[0], quotientLimbs[1], quotientLimbs[2], quotientLimbs[3]);
    }

    /// <summary>The quotient in two's complement, rounded towards zero; 0 when <paramref name="divisor"/> is 0.</summary>
    public static void DivideSigned(in UInt256 dividend, in UInt256 divisor, out UInt256 quotient)
    {
        // Before the division: the result may overwrite an operand.
        bool isNegative = dividend.IsNegative != divisor.IsNegative;
        Divide(Magnitude(dividend), Magnitude(divisor), out quotient);
        if (isNegative)
        {
            NegateWrapping(quotient, out quotient);
        }
    }

    /// <summary>The remainder in two's complement, with the sign of the dividend; 0 when <paramref name="divisor"/> is 0.</summary>
    public static void RemainderSigned(in UInt256 dividend, in UInt256 divisor, out UInt256 remainder)
    {
        bool isNegative = dividend.IsNegative;
        Remainder(Magnitude(dividend), Magnitude(divisor), out remainder);
        if (isNegative)
        {
            NegateWrapping(remainder, out remainder);
        }
    }

    /// <summary>The unwrapped sum modulo <paramref name="modulus"/>; 0 when the modulus is 0.</summary>
    public static void AddModulo(in UInt256 left, in UInt256 right, in UInt256 modulus, out UInt256 result)
    {
        var sum = Add(left, right, out bool wrapped);
        if (!wrapped)
        {
            Remainder(sum, modulus, out result);
            return;
        }

        Span<ulong> limbs = stackalloc ulong[LimbCount + 1];
        sum.CopyLimbs(limbs);
        limbs[LimbCount] = 1;
        result = modulus.IsZero ? Zero : LimbDivision.Divide(limbs, modulus, stackalloc ulong[LimbCount + 1]);
    }

    /// <summary>The unwrapped product modulo <paramref name="modulus"/>; 0 when the modulus is 0.</summary>
    public static void MultiplyModulo(in UInt256 left, in UInt256 right, in UInt256 modulus, out UInt256 result)
    {
        if (modulus.IsZero)
        {
            result = Zero;
            return;
        }

        Span<ulong> wide = stackalloc ulong[2 * LimbCount];
        MultiplyFull(left, right, wide);
        result = LimbDivision.Divide(wide, modulus, stackalloc ulong[2 * LimbCount]);
    }

    /// <summary>The quotient of a product that may need 512 bits, and the remainder.</summary>
    /// <returns>False when <paramref name="divisor"/> is 0 or the quotient needs more than 256 bits; both results are then 0.</returns>
    public static bool TryMultiplyDivide(in UInt256 left, in UInt256 right, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        quotient = remainder = Zero;
        if (divisor.IsZero)
        {
            return false;
        }

        Span<ulong> wide = stackalloc ulong[2 * LimbCount];
        MultiplyFull(left, right, wide);
        Span<ulong> quotientLimbs = stackalloc ulong[2 * LimbCount];
        var rest = LimbDivision.Divide(wide, divisor, quotientLimbs);
        if (quotientLimbs[LimbCount..].ContainsAnyExcept(0UL))
        {
            return false;
        }

        quotient = new UInt256(quotientLimbs[0], quotientLimbs[1], quotientLimbs[2], quotientLimbs[3]);
        remainder = rest;
        return true;
    }

    /// <summary>Divides by a divisor of one limb, which is not zero, and returns the remainder; most divisors in contracts are this short.</summary>
    private static ulong DivideByLimb(in UInt256 dividend, ulong divisor, out UInt256 quotient)
    {
        int shift = BitOperations.LeadingZeroCount(divisor);
        int back = 63 - shift; // C# masks shift counts to 6 bits, so a carry of 64 - n bits is shifted in two steps
        ulong normal = divisor << shift;
        ulong reciprocal = LimbDivision.Reciprocal(normal);
        ulong rest = dividend._l3 >> 1 >> back;
        ulong limb3 = LimbDivision.Divide2By1(rest, (dividend._l3 << shift) | (dividend._l2 >> 1 >> back), normal, reciprocal, out rest);
        ulong limb2 = LimbDivision.Divide2By1(rest, (dividend._l2 << shift) | (dividend._l1 >> 1 >> back), normal, reciprocal, out rest);
        ulong limb1 = LimbDivision.Divide2By1(rest, (dividend._l1 << shift) | (dividend._l0 >> 1 >> back), normal, reciprocal, out rest);
        ulong limb0 = LimbDivision.Divide2By1(rest, dividend._l0 << shift, normal, reciprocal, out rest);
        quotient = new UInt256(limb0, limb1, limb2, limb3);
        return rest >> shift;
    }

    private bool IsPowerOfTwo =>
        BitOperations.PopCount(_l0) + BitOperations.PopCount(_l1) + BitOperations.PopCount(_l2) + BitOperations.PopCount(_l3) == 1;

    private static UInt256 Magnitude(in UInt256 value)
    {
        if (!value.IsNegative)
        {
            return value;
        }

        NegateWrapping(value, out var magnitude);
        return magnitude;
    }

    private static void MultiplyFull(in UInt256 left, in UInt256 right, Span<ulong> product)
    {
        product.Clear();
        Span<ulong> factor = stackalloc ulong[LimbCount];
        right.CopyLimbs(factor);
        for (int i = 0; i < LimbCount; i++)
        {
            ulong multiplier = left.Limb(i);
            if (multiplier == 0)
            {
                continue; // most amounts have one or two limbs
            }

            ulong carry = 0;
            for (int j = 0; j < LimbCount; j++)
            {
                unchecked
                {
                    // At most (2^64-1)^2 + 2 (2^64-1), which is 2^128 - 1.
                    UInt128 step = Product(multiplier, factor[j]) + product[i + j] + carry;
                    product[i + j] = (ulong)step;
                    carry = (ulong)(step >> 64);
                }
            }

            product[i + LimbCount] = carry;
        }
    }
}
