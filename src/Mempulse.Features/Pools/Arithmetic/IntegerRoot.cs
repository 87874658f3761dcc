using System.Numerics;

namespace Mempulse.Features.Pools.Arithmetic;

/// <summary>Square roots of whole numbers.</summary>
internal static class IntegerRoot
{
    /// <summary>The largest number whose square is not above <paramref name="value"/>.</summary>
    /// <param name="value">Not negative.</param>
    public static BigInteger Floor(in BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }

        // Newton's iteration falls to the root from above; half of the bits are within a factor of two of it.
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>The smallest number whose square is not below <paramref name="value"/>.</summary>
    /// <param name="value">Not negative.</param>
    public static BigInteger Ceiling(in BigInteger value)
    {
        var root = Floor(value);
        return root * root == value ? root : root + BigInteger.One;
    }
}
