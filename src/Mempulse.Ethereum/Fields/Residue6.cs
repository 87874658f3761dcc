using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mempulse.Ethereum.Fields;

/// <summary>A residue modulo a prime of up to 381 bits, in Montgomery form: x is stored as x 2^384 mod p.</summary>
/// <remarks>
/// Montgomery, Modular multiplication without trial division, 1985; multiplication is interleaved with reduction (Acar's CIOS), without
/// the last carry, which a prime with a free high bit does not need. Not constant-time: everything computed here is public.
/// </remarks>
internal readonly struct Residue6<TModulus> : IPrimeField<Residue6<TModulus>>
    where TModulus : struct, IModulus
{
    private const int LimbCount = 6;

    private static readonly Residue6<TModulus> R2 = FromPlain(BigInteger.ModPow(2, 2 * 64 * LimbCount, TModulus.Value));

    /// <summary>
    /// The factor that corrects an inversion, by its number of rounds: 2^322 for each round, which divides by 2^384 instead of
    /// 2^62, and three times 2^384 for the Montgomery form of the result.
    /// </summary>
    private static readonly Residue6<TModulus>[] Corrections = [.. Enumerable.Range(0, DivisionSteps.MaxRounds + 1).Select(rounds =>
        FromPlain(BigInteger.ModPow(2, (3 * 64 * LimbCount) + (rounds * ((64 * LimbCount) - DivisionSteps.PerRound)), TModulus.Value)))];

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;
    private readonly ulong _l4;
    private readonly ulong _l5;

    private Residue6(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4, ulong l5)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
        _l4 = l4;
        _l5 = l5;
    }

    public static Residue6<TModulus> Zero => default;

    public static Residue6<TModulus> One { get; } = FromPlain(BigInteger.ModPow(2, 64 * LimbCount, TModulus.Value));

    public static BigInteger Modulus => TModulus.Value;

    public static int SizeBytes => LimbCount * sizeof(ulong);

    public bool IsZero => (_l0 | _l1 | _l2 | _l3 | _l4 | _l5) == 0;

    public static Residue6<TModulus> Add(in Residue6<TModulus> left, in Residue6<TModulus> right)
    {
        ulong carry = 0;
        ulong s0 = LimbMath.AddCarry(left._l0, right._l0, ref carry);
        ulong s1 = LimbMath.AddCarry(left._l1, right._l1, ref carry);
        ulong s2 = LimbMath.AddCarry(left._l2, right._l2, ref carry);
        ulong s3 = LimbMath.AddCarry(left._l3, right._l3, ref carry);
        ulong s4 = LimbMath.AddCarry(left._l4, right._l4, ref carry);
        ulong s5 = LimbMath.AddCarry(left._l5, right._l5, ref carry);
        return Reduce(s0, s1, s2, s3, s4, s5);
    }

    public static Residue6<TModulus> Subtract(in Residue6<TModulus> left, in Residue6<TModulus> right)
    {
        ulong borrow = 0;
        ulong d0 = LimbMath.SubtractBorrow(left._l0, right._l0, ref borrow);
        ulong d1 = LimbMath.SubtractBorrow(left._l1, right._l1, ref borrow);
        ulong d2 = LimbMath.SubtractBorrow(left._l2, right._l2, ref borrow);
        ulong d3 = LimbMath.SubtractBorrow(left._l3, right._l3, ref borrow);
        ulong d4 = LimbMath.SubtractBorrow(left._l4, right._l4, ref borrow);
        ulong d5 = LimbMath.SubtractBorrow(left._l5, right._l5, ref borrow);
        if (borrow == 0)
        {
            return new Residue6<TModulus>(d0, d1, d2, d3, d4, d5);
        }

        ulong carry = 0;
        d0 = LimbMath.AddCarry(d0, TModulus.Limb0, ref carry);
        d1 = LimbMath.AddCarry(d1, TModulus.Limb1, ref carry);
        d2 = LimbMath.AddCarry(d2, TModulus.Limb2, ref carry);
        d3 = LimbMath.AddCarry(d3, TModulus.Limb3, ref carry);
        d4 = LimbMath.AddCarry(d4, TModulus.Limb4, ref carry);
        d5 = LimbMath.AddCarry(d5, TModulus.Limb5, ref carry);
        return new Residue6<TModulus>(d0, d1, d2, d3, d4, d5);
    }

    /// <summary>Shifts the value, or the value plus the modulus, which is odd, whichever is even; the modulus leaves the highest bit free.</summary>
    public static Residue6<TModulus> Halve(in Residue6<TModulus> value)
    {
        ulong mask = unchecked(0 - (value._l0 & 1)); // all bits for an odd value
        ulong carry = 0;
        ulong s0 = LimbMath.AddCarry(value._l0, TModulus.Limb0 & mask, ref carry);
        ulong s1 = LimbMath.AddCarry(value._l1, TModulus.Limb1 & mask, ref carry);
        ulong s2 = LimbMath.AddCarry(value._l2, TModulus.Limb2 & mask, ref carry);
        ulong s3 = LimbMath.AddCarry(value._l3, TModulus.Limb3 & mask, ref carry);
        ulong s4 = LimbMath.AddCarry(value._l4, TModulus.Limb4 & mask, ref carry);
        ulong s5 = LimbMath.AddCarry(value._l5, TModulus.Limb5 & mask, ref carry);
        return new Residue6<TModulus>((s0 >> 1) | (s1 << 63), (s1 >> 1) | (s2 << 63), (s2 >> 1) | (s3 << 63), (s3 >> 1) | (s4 << 63), (s4 >> 1) | (s5 << 63), s5 >> 1);
    }

    public static Residue6<TModulus> Negate(in Residue6<TModulus> value) => Subtract(default, value);

    public static Residue6<TModulus> Multiply(in Residue6<TModulus> left, in Residue6<TModulus> right)
    {
        ulong t0 = 0; ulong t1 = 0; ulong t2 = 0; ulong t3 = 0; ulong t4 = 0; ulong t5 = 0;
        Row(left._l0, right, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Row(left._l1, right, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Row(left._l2, right, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Row(left._l3, right, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Row(left._l4, right, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Row(left._l5, right, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        return Reduce(t0, t1, t2, t3, t4, t5);
    }

    public static Residue6<TModulus> Square(in Residue6<TModulus> value) => Multiply(value, value);

    /// <summary>Inverts by division steps; d and e follow f and g modulo the prime, where a multiplication by a plain number also divides by 2^384.</summary>
    public static Residue6<TModulus> Invert(in Residue6<TModulus> value)
    {
        Span<ulong> f = [TModulus.Limb0, TModulus.Limb1, TModulus.Limb2, TModulus.Limb3, TModulus.Limb4, TModulus.Limb5, 0];
        Span<ulong> g = [value._l0, value._l1, value._l2, value._l3, value._l4, value._l5, 0];
        Span<ulong> next = stackalloc ulong[LimbCount + 1];
        Residue6<TModulus> d = default;
        var e = new Residue6<TModulus>(1, 0, 0, 0, 0, 0);
        long delta = 1;
        int rounds = 0;
        for (; g.IndexOfAnyExcept(0UL) >= 0; rounds++)
        {
            var matrix = DivisionSteps.Round(f[0], g[0], ref delta);
            DivisionSteps.Combine(matrix.U, f, matrix.V, g, next);
            DivisionSteps.Combine(matrix.Q, f, matrix.R, g, g);
            next.CopyTo(f);
            (d, e) = (Combine(matrix.U, d, matrix.V, e), Combine(matrix.Q, d, matrix.R, e));
        }

        var inverse = Multiply(d, Corrections[rounds]);
        return (f[LimbCount] >> 63) == 0 ? inverse : Negate(inverse);
    }

    private static Residue6<TModulus> Combine(long first, in Residue6<TModulus> one, long second, in Residue6<TModulus> other) =>
        Add(MultiplyPlain(one, first), MultiplyPlain(other, second));

    private static Residue6<TModulus> MultiplyPlain(in Residue6<TModulus> value, long factor)
    {
        var product = Multiply(new Residue6<TModulus>((ulong)Math.Abs(factor), 0, 0, 0, 0, 0), value);
        return factor < 0 ? Negate(product) : product;
    }

    public static bool AreEqual(in Residue6<TModulus> left, in Residue6<TModulus> right) =>
        ((left._l0 ^ right._l0) | (left._l1 ^ right._l1) | (left._l2 ^ right._l2) | (left._l3 ^ right._l3) | (left._l4 ^ right._l4) | (left._l5 ^ right._l5)) == 0;

    public static bool TryRead(ReadOnlySpan<byte> bigEndian, out Residue6<TModulus> value)
    {
        var plain = new Residue6<TModulus>(
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[40..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[32..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[0..]));
        value = Multiply(plain, R2);
        return plain.IsBelowModulus;
    }

    public void Write(Span<byte> bigEndian)
    {
        // A multiplication by a plain 1 removes the factor of the Montgomery form.
        var plain = Multiply(this, new Residue6<TModulus>(1, 0, 0, 0, 0, 0));
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[40..], plain._l0);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[32..], plain._l1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], plain._l2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], plain._l3);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], plain._l4);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[0..], plain._l5);
    }

    public static Residue6<TModulus> From(BigInteger value) =>
        Multiply(FromPlain(((value % TModulus.Value) + TModulus.Value) % TModulus.Value), R2);

    private bool IsBelowModulus
    {
        get
        {
            ulong borrow = 0;
            _ = LimbMath.SubtractBorrow(_l0, TModulus.Limb0, ref borrow);
            _ = LimbMath.SubtractBorrow(_l1, TModulus.Limb1, ref borrow);
            _ = LimbMath.SubtractBorrow(_l2, TModulus.Limb2, ref borrow);
            _ = LimbMath.SubtractBorrow(_l3, TModulus.Limb3, ref borrow);
            _ = LimbMath.SubtractBorrow(_l4, TModulus.Limb4, ref borrow);
            _ = LimbMath.SubtractBorrow(_l5, TModulus.Limb5, ref borrow);
            return borrow == 1;
        }
    }

    private static Residue6<TModulus> FromPlain(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[LimbCount * sizeof(ulong)];
        bytes.Clear();
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return new Residue6<TModulus>(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[0..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]));
    }

    /// <summary>Subtracts the modulus once if the value is not below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Residue6<TModulus> Reduce(ulong s0, ulong s1, ulong s2, ulong s3, ulong s4, ulong s5)
    {
        ulong borrow = 0;
        ulong d0 = LimbMath.SubtractBorrow(s0, TModulus.Limb0, ref borrow);
        ulong d1 = LimbMath.SubtractBorrow(s1, TModulus.Limb1, ref borrow);
        ulong d2 = LimbMath.SubtractBorrow(s2, TModulus.Limb2, ref borrow);
        ulong d3 = LimbMath.SubtractBorrow(s3, TModulus.Limb3, ref borrow);
        ulong d4 = LimbMath.SubtractBorrow(s4, TModulus.Limb4, ref borrow);
        ulong d5 = LimbMath.SubtractBorrow(s5, TModulus.Limb5, ref borrow);
        return borrow == 0 ? new Residue6<TModulus>(d0, d1, d2, d3, d4, d5) : new Residue6<TModulus>(s0, s1, s2, s3, s4, s5);
    }

    /// <summary>Adds one limb's product, then the multiple of the modulus that makes the lowest limb zero, and shifts that limb out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(ulong limb, in Residue6<TModulus> factor, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4, ref ulong t5)
    {
        ulong carry = 0;
        t0 = LimbMath.MultiplyAdd(limb, factor._l0, t0, ref carry);
        t1 = LimbMath.MultiplyAdd(limb, factor._l1, t1, ref carry);
        t2 = LimbMath.MultiplyAdd(limb, factor._l2, t2, ref carry);
        t3 = LimbMath.MultiplyAdd(limb, factor._l3, t3, ref carry);
        t4 = LimbMath.MultiplyAdd(limb, factor._l4, t4, ref carry);
        t5 = LimbMath.MultiplyAdd(limb, factor._l5, t5, ref carry);
        ulong multiple = unchecked(t0 * TModulus.NegativeInverse); // modulo 2^64 by definition
        ulong shifted = LimbMath.MultiplyHigh(multiple, TModulus.Limb0) + (t0 != 0 ? 1UL : 0UL); // the low limbs add up to 0, with a carry unless both are 0
        t0 = LimbMath.MultiplyAdd(multiple, TModulus.Limb1, t1, ref shifted);
        t1 = LimbMath.MultiplyAdd(multiple, TModulus.Limb2, t2, ref shifted);
        t2 = LimbMath.MultiplyAdd(multiple, TModulus.Limb3, t3, ref shifted);
        t3 = LimbMath.MultiplyAdd(multiple, TModulus.Limb4, t4, ref shifted);
        t4 = LimbMath.MultiplyAdd(multiple, TModulus.Limb5, t5, ref shifted);
        t5 = unchecked(carry + shifted); // no carry: the modulus leaves the highest bit free
    }
}
