using System.Runtime.CompilerServices;

namespace Mempulse.Primitives;

/// <summary>Arithmetic modulo 2^256, the arithmetic of the EVM (Yellow Paper, appendix H.2).</summary>
public readonly partial record struct UInt256
{
    /// <summary>The limb at <paramref name="index"/>, 0 being the least significant.</summary>
    public ulong Limb(int index) => index switch
    {
        0 => _l0,
        1 => _l1,
        2 => _l2,
        3 => _l3,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A 256-bit number has limbs 0 to 3."),
    };

    /// <summary>The sum modulo 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWrapping(in UInt256 left, in UInt256 right, out UInt256 sum)
    {
        unchecked // carries are computed by comparison; the last one is dropped by definition
        {
            ulong limb0 = left._l0 + right._l0;
            ulong carry = limb0 < left._l0 ? 1UL : 0UL;
            ulong limb1 = left._l1 + right._l1;
            ulong carry1 = limb1 < left._l1 ? 1UL : 0UL;
            limb1 += carry;
            carry1 |= limb1 < carry ? 1UL : 0UL;
            ulong limb2 = left._l2 + right._l2;
            ulong carry2 = limb2 < left._l2 ? 1UL : 0UL;
            limb2 += carry1;
            carry2 |= limb2 < carry1 ? 1UL : 0UL;
            sum = new UInt256(limb0, limb1, limb2, left._l3 + right._l3 + carry2);
        }
    }

    /// <summary>The sum with a small number modulo 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWrapping(in UInt256 left, ulong right, out UInt256 sum)
    {
        unchecked // as above
        {
            ulong limb0 = left._l0 + right;
            ulong limb1 = left._l1 + (limb0 < right ? 1UL : 0UL);
            ulong limb2 = left._l2 + (limb1 < left._l1 ? 1UL : 0UL);
            sum = new UInt256(limb0, limb1, limb2, left._l3 + (limb2 < left._l2 ? 1UL : 0UL));
        }
    }

    /// <summary>The difference modulo 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractWrapping(in UInt256 left, in UInt256 right, out UInt256 difference)
    {
        unchecked // borrows are computed by comparison; the last one is dropped by definition
        {
            ulong borrow = left._l0 < right._l0 ? 1UL : 0UL;
            ulong limb0 = left._l0 - right._l0;
            ulong limb1 = left._l1 - right._l1;
            ulong borrow1 = left._l1 < right._l1 ? 1UL : 0UL;
            borrow1 |= limb1 < borrow ? 1UL : 0UL;
            limb1 -= borrow;
            ulong limb2 = left._l2 - right._l2;
            ulong borrow2 = left._l2 < right._l2 ? 1UL : 0UL;
            borrow2 |= limb2 < borrow1 ? 1UL : 0UL;
            limb2 -= borrow1;
            difference = new UInt256(limb0, limb1, limb2, left._l3 - right._l3 - borrow2);
        }
    }

    /// <summary>The difference modulo 2^256, and whether <paramref name="right"/> was larger.</summary>
    public static UInt256 Subtract(in UInt256 left, in UInt256 right, out bool wrapped)
    {
        wrapped = IsLess(left, right);
        SubtractWrapping(left, right, out var difference);
        return difference;
    }

    /// <summary>The product modulo 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWrapping(in UInt256 left, in UInt256 right, out UInt256 product)
    {
        unchecked // product scanning: limbs beyond the fourth are dropped by definition
        {
            if ((left._l1 | left._l2 | left._l3 | right._l1 | right._l2 | right._l3) == 0)
            {
                ulong only = WideProduct.Of(left._l0, right._l0, out ulong lowest);
                product = new UInt256(lowest, only, 0, 0);
                return;
            }

            ulong limb1 = WideProduct.Of(left._l0, right._l0, out ulong limb0);
            ulong limb2 = WideProduct.Of(left._l0, right._l1, out ulong low);
            limb1 += low;
            limb2 += limb1 < low ? 1UL : 0UL;
            ulong high = WideProduct.Of(left._l1, right._l0, out low);
            limb1 += low;
            high += limb1 < low ? 1UL : 0UL;
            limb2 += high;
            ulong limb3 = limb2 < high ? 1UL : 0UL;
            limb3 += WideProduct.Of(left._l0, right._l2, out low);
            limb2 += low;
            limb3 += limb2 < low ? 1UL : 0UL;
            limb3 += WideProduct.Of(left._l1, right._l1, out low);
            limb2 += low;
            limb3 += limb2 < low ? 1UL : 0UL;
            limb3 += WideProduct.Of(left._l2, right._l0, out low);
            limb2 += low;
            limb3 += limb2 < low ? 1UL : 0UL;
            limb3 += (left._l0 * right._l3) + (left._l1 * right._l2) + (left._l2 * right._l1) + (left._l3 * right._l0);
            product = new UInt256(limb0, limb1, limb2, limb3);
        }
    }

    /// <summary>The product modulo 2^256, and whether it wrapped.</summary>
    public static UInt256 Multiply(in UInt256 left, in UInt256 right, out bool wrapped)
    {
        Span<ulong> wide = stackalloc ulong[2 * LimbCount];
        MultiplyFull(left, right, wide);
        wrapped = (wide[4] | wide[5] | wide[6] | wide[7]) != 0;
        return new UInt256(wide[0], wide[1], wide[2], wide[3]);
    }

    /// <summary><paramref name="value"/> to the power of <paramref name="exponent"/>, modulo 2^256; anything to the power of zero is one.</summary>
    public static void PowWrapping(in UInt256 value, in UInt256 exponent, out UInt256 power)
    {
        var result = One;
        for (int bit = exponent.BitLength - 1; bit >= 0; bit--)
        {
            MultiplyWrapping(result, result, out result);
            if (((exponent.Limb(bit >> 6) >> (bit & 63)) & 1) != 0)
            {
                MultiplyWrapping(result, value, out result);
            }
        }

        power = result;
    }

    /// <summary>The negative in two's complement.</summary>
    public static void NegateWrapping(in UInt256 value, out UInt256 negative) => SubtractWrapping(Zero, value, out negative);

    /// <summary>True when the first number is below the second, without copying either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLess(in UInt256 left, in UInt256 right)
    {
        if (left._l3 != right._l3)
        {
            return left._l3 < right._l3;
        }

        if (left._l2 != right._l2)
        {
            return left._l2 < right._l2;
        }

        return left._l1 != right._l1 ? left._l1 < right._l1 : left._l0 < right._l0;
    }

    /// <summary>True when the first number is below the second, both read as two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLessSigned(in UInt256 left, in UInt256 right) =>
        left.IsNegative != right.IsNegative ? left.IsNegative : IsLess(left, right);

    /// <summary>True when both are the same number, without copying either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(in UInt256 left, in UInt256 right) =>
        ((left._l0 ^ right._l0) | (left._l1 ^ right._l1) | (left._l2 ^ right._l2) | (left._l3 ^ right._l3)) == 0;

    /// <summary>True when the highest bit is set: a negative number in two's complement.</summary>
    public bool IsNegative => (_l3 >> 63) != 0;
}
