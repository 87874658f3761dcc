namespace Mempulse.Primitives;

public readonly partial record struct UInt256
{
    /// <summary>The sum modulo 2^256, and whether it wrapped.</summary>
    public static UInt256 Add(UInt256 left, UInt256 right, out bool wrapped)
    {
        AddWrapping(left, right, out var sum);
        wrapped = IsLess(sum, left);
        return sum;
    }

    /// <summary>The exact sum.</summary>
    /// <exception cref="OverflowException">The sum needs more than 256 bits.</exception>
    public static UInt256 operator +(UInt256 left, UInt256 right)
    {
        var sum = Add(left, right, out bool wrapped);
        return wrapped ? throw new OverflowException("The sum needs more than 256 bits.") : sum;
    }

    /// <summary>The exact difference.</summary>
    /// <exception cref="OverflowException"><paramref name="right"/> is larger than <paramref name="left"/>.</exception>
    public static UInt256 operator -(UInt256 left, UInt256 right)
    {
        var difference = Subtract(left, right, out bool wrapped);
        return wrapped ? throw new OverflowException("The difference is negative.") : difference;
    }

    /// <summary>The exact product with a small factor.</summary>
    /// <exception cref="OverflowException">The product needs more than 256 bits.</exception>
    public static UInt256 operator *(UInt256 left, ulong right) =>
        TryMultiply(left, right, out var product) ? product : throw new OverflowException("The product needs more than 256 bits.");

    /// <summary>The product with a small factor, where it fits.</summary>
    /// <returns>False when the product needs more than 256 bits; it is then reduced modulo 2^256.</returns>
    public static bool TryMultiply(UInt256 left, ulong right, out UInt256 product)
    {
        unchecked // a product of two limbs and a limb fit 128 bits
        {
            ulong carry = WideProduct.Of(left._l0, right, out ulong limb0);
            UInt128 next = Product(left._l1, right) + carry;
            ulong limb1 = (ulong)next;
            next = Product(left._l2, right) + (next >> 64);
            ulong limb2 = (ulong)next;
            next = Product(left._l3, right) + (next >> 64);
            product = new UInt256(limb0, limb1, limb2, (ulong)next);
            return (next >> 64) == 0;
        }
    }

    /// <summary>The sum; the same as the operator.</summary>
    public UInt256 Add(UInt256 other) => this + other;

    /// <summary>The difference; the same as the operator.</summary>
    public static UInt256 Subtract(UInt256 left, UInt256 right) => left - right;

    /// <summary>The product; the same as the operator.</summary>
    public static UInt256 Multiply(UInt256 left, ulong right) => left * right;

    private static UInt128 Product(ulong left, ulong right)
    {
        ulong high = WideProduct.Of(left, right, out ulong low);
        return new UInt128(high, low);
    }
}
