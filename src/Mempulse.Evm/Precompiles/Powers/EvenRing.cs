using Mempulse.Ethereum.Fields;

namespace Mempulse.Evm.Precompiles.Powers;

/// <summary>Residues modulo 2^(64 n) for n limbs, in plain form.</summary>
internal readonly struct EvenRing(int limbCount) : IResidueRing
{
    /// <summary>Each step doubles the number of correct bits, from the three bits in which an odd number is its own inverse.</summary>
    private const int LimbSteps = 5;

    public int LimbCount => limbCount;

    /// <summary>Returns the inverse of an odd limb modulo 2^64, by Newton's iteration (Hensel lifting).</summary>
    public static ulong InverseOfLimb(ulong odd)
    {
        unchecked // modulo 2^64 by definition
        {
            ulong inverse = odd;
            for (int step = 0; step < LimbSteps; step++)
            {
                inverse *= 2 - (odd * inverse);
            }

            return inverse;
        }
    }

    /// <summary>Computes the inverse of an odd number by Newton's iteration, doubling the limbs in each step.</summary>
    public void Invert(ReadOnlySpan<ulong> odd, Span<ulong> inverse)
    {
        inverse.Clear();
        inverse[0] = InverseOfLimb(odd[0]);
        var product = new ulong[limbCount];
        var next = new ulong[limbCount];
        for (int right = 1; right < limbCount; right = Math.Min(2 * right, limbCount))
        {
            int wanted = Math.Min(2 * right, limbCount);
            var ring = new EvenRing(wanted);
            ring.Multiply(odd[..wanted], inverse[..wanted], product);
            SubtractFromTwo(product.AsSpan(0, wanted));
            ring.Multiply(inverse[..wanted], product, next);
            next.AsSpan(0, wanted).CopyTo(inverse);
        }
    }

    public void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result)
    {
        if (limbCount == 1)
        {
            result[0] = unchecked(left[0] * right[0]); // modulo 2^64
            return;
        }

        result = result[..limbCount];
        result.Clear();
        for (int i = 0; i < result.Length; i++)
        {
            ulong carry = 0;
            var high = result[i..];
            var factors = right[..high.Length];
            for (int j = 0; j < high.Length; j++)
            {
                high[j] = LimbMath.MultiplyAdd(left[i], factors[j], high[j], ref carry);
            }
        }
    }

    /// <summary>Replaces a number by 2 minus the number.</summary>
    private static void SubtractFromTwo(Span<ulong> number)
    {
        ulong borrow = 0;
        for (int i = 0; i < number.Length; i++)
        {
            number[i] = LimbMath.SubtractBorrow(i == 0 ? 2UL : 0UL, number[i], ref borrow);
        }
    }
}
