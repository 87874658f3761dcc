using System.Numerics;

namespace Mempulse.Primitives;

/// <summary>Division of 256 bits by 65 to 128, the size of what a pool holds, in registers.</summary>
/// <remarks>Moeller and Granlund, Improved division by invariant integers, 2011, algorithms 5 and 6: each step divides three limbs by two.</remarks>
internal readonly struct TwoLimbDivision
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly ulong _reciprocal;
    private readonly int _shift;

    /// <summary>Prepares a divisor.</summary>
    /// <param name="high">Its high limb; not zero.</param>
    /// <param name="low">Its low limb.</param>
    public TwoLimbDivision(ulong high, ulong low)
    {
        _shift = BitOperations.LeadingZeroCount(high);
        _high = (high << _shift) | (low >> 1 >> (63 - _shift));
        _low = low << _shift;
        _reciprocal = ReciprocalOf(_high, _low);
    }

    /// <summary>Divides, and returns the quotient.</summary>
    /// <param name="dividend">The dividend.</param>
    /// <param name="remainder">Below the divisor.</param>
    public UInt256 Divide(in UInt256 dividend, out UInt256 remainder)
    {
        int back = 63 - _shift; // C# masks shift counts to 6 bits, so a carry of 64 - n bits is shifted in two steps
        ulong limb0 = dividend.Limb(0), limb1 = dividend.Limb(1), limb2 = dividend.Limb(2), limb3 = dividend.Limb(3);
        ulong restHigh = limb3 >> 1 >> back;
        ulong restLow = (limb3 << _shift) | (limb2 >> 1 >> back);
        ulong quotient2 = Step(ref restHigh, ref restLow, (limb2 << _shift) | (limb1 >> 1 >> back));
        ulong quotient1 = Step(ref restHigh, ref restLow, (limb1 << _shift) | (limb0 >> 1 >> back));
        ulong quotient0 = Step(ref restHigh, ref restLow, limb0 << _shift);
        remainder = new UInt256((restLow >> _shift) | (restHigh << 1 << back), restHigh >> _shift, 0, 0);
        return new UInt256(quotient0, quotient1, quotient2, 0);
    }

    /// <summary>Divides the remainder so far and one more limb; the remainder is below the divisor before and after. Algorithm 5.</summary>
    private ulong Step(ref ulong restHigh, ref ulong restLow, ulong next)
    {
        unchecked // the algorithm is stated modulo 2^64
        {
            ulong quotient = WideProduct.Of(_reciprocal, restHigh, out ulong fraction);
            fraction += restLow;
            quotient += restHigh + (fraction < restLow ? 1UL : 0UL);
            ulong high = restLow - (quotient * _high);
            ulong productHigh = WideProduct.Of(_low, quotient, out ulong productLow);
            ulong low = next - productLow;
            high -= productHigh + (next < productLow ? 1UL : 0UL);
            high -= _high + (low < _low ? 1UL : 0UL);
            low -= _low;
            quotient++;
            if (high >= fraction)
            {
                quotient--;
                low += _low;
                high += _high + (low < _low ? 1UL : 0UL);
            }

            if (high > _high || (high == _high && low >= _low))
            {
                quotient++;
                high -= _high + (low < _low ? 1UL : 0UL);
                low -= _low;
            }

            (restHigh, restLow) = (high, low);
            return quotient;
        }
    }

    /// <summary>floor((2^192 - 1) / divisor) - 2^64 for a normalised divisor. Algorithm 6.</summary>
    private static ulong ReciprocalOf(ulong high, ulong low)
    {
        unchecked // the algorithm is stated modulo 2^64
        {
            ulong reciprocal = LimbDivision.Reciprocal(high);
            ulong product = (high * reciprocal) + low;
            if (product < low)
            {
                reciprocal--;
                if (product >= high)
                {
                    reciprocal--;
                    product -= high;
                }

                product -= high;
            }

            ulong more = WideProduct.Of(reciprocal, low, out ulong rest);
            product += more;
            if (product < more)
            {
                reciprocal--;
                if (product > high || (product == high && rest >= low))
                {
                    reciprocal--;
                }
            }

            return reciprocal;
        }
    }
}
