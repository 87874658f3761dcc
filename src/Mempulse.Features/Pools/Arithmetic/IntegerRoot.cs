using System.Numerics;

namespace Mempulse.Features.Pools.Arithmetic;

/// <summary>Square roots of whole numbers.</summary>
internal static class IntegerRoot
{
    /// <summary>First bits of a number whose root is taken as that of a word.</summary>
    private const int WordBits = 62;

    /// <summary>The largest number whose square is not above <paramref name="value"/>.</summary>
    /// <param name="value">Not negative.</param>
    public static BigInteger Floor(in BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }

        // Newton's iteration falls to the root from above. One more than the root of the first bits is above it, and right to 31 bits.
        int rest = Math.Max(0, (int)value.GetBitLength() - WordBits + 1) & ~1;
        ulong first = (ulong)(value >> rest);
        var above = (BigInteger)(Falling(first, 1UL << ((BitOperations.Log2(first) / 2) + 1)) + 1) << (rest / 2);
        return Falling(value, above);
    }

    /// <summary>The smallest number whose square is not below <paramref name="value"/>.</summary>
    /// <param name="value">Not negative.</param>
    public static BigInteger Ceiling(in BigInteger value)
    {
        var root = Floor(value);
        return root * root == value ? root : root + BigInteger.One;
    }

    /// <summary>Newton's iteration from above the root: it falls until it is there.</summary>
    /// <param name="value">Above zero.</param>
    /// <param name="above">Not below the root.</param>
    private static T Falling<T>(T value, T above)
        where T : IBinaryInteger<T>
    {
        var root = above;
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
}
