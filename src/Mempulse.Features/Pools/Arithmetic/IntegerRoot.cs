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
        var root = (BigInteger)(Floor((ulong)(value >> rest)) + 1) << (rest / 2);
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

    /// <summary>The same for a word above zero and of at most <see cref="WordBits"/>.</summary>
    private static ulong Floor(ulong value)
    {
        ulong root = 1UL << ((BitOperations.Log2(value) / 2) + 1);
        while (true)
        {
            ulong nearer = (root + (value / root)) >> 1;
            if (nearer >= root)
            {
                return root;
            }

            root = nearer;
        }
    }
}
