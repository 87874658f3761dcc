using System.Numerics;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Computes square roots and signs in the fields of BLS12-381, whose prime is 3 modulo 4.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9380#section-4"/></remarks>
internal static class Bls12381Roots
{
    private const int FieldBytes = 48;

    private static readonly BigInteger RootExponent = (Bls12381Prime.Value + 1) / 4;
    private static readonly BigInteger InverseRootExponent = (Bls12381Prime.Value - 3) / 4;

    /// <summary>Computes a square root; false if the value has none.</summary>
    public static bool TrySqrt(in Fp value, out Fp root)
    {
        root = FieldPower.Raise(value, RootExponent);
        return Fp.AreEqual(Fp.Square(root), value);
    }

    /// <summary>Computes a square root with two exponentiations in the prime field; false if the value has none.</summary>
    /// <remarks>
    /// The complex method (Scott, Implementing cryptographic pairings, 2007): with s^2 = a^2 + b^2, one of t = (a + s) / 2 and
    /// (a - s) / 2 = -b^2 / 4t is the square of the real part. r = t^((p - 3) / 4) gives c = r t. If t is a square, then c^2 = t and
    /// 1 / c = r; otherwise c^2 = -t and 1 / c = -r.
    /// </remarks>
    public static bool TrySqrt(in Fp2 value, out Fp2 root)
    {
        root = default;
        if (!TrySqrt(Fp.Add(Fp.Square(value.A), Fp.Square(value.B)), out var s))
        {
            return false; // an element is a square exactly if its norm is a square
        }

        var t = Fp.Halve(Fp.Add(value.A, s));
        t = t.IsZero ? value.A : t; // b = 0 and s = -a: take the other candidate
        var r = FieldPower.Raise(t, InverseRootExponent);
        var c = Fp.Multiply(r, t);
        var other = Fp.Multiply(Fp.Halve(value.B), r);
        root = Fp.AreEqual(Fp.Square(c), t) ? new Fp2(c, other) : new Fp2(Fp.Negate(other), c);
        return true;
    }

    /// <summary>sgn0 of RFC 9380: the parity.</summary>
    public static bool IsOdd(in Fp value)
    {
        Span<byte> bytes = stackalloc byte[FieldBytes];
        value.Write(bytes);
        return (bytes[^1] & 1) != 0;
    }

    /// <summary>sgn0 of RFC 9380: the parity of the first part that is not zero.</summary>
    public static bool IsOdd(in Fp2 value) => value.A.IsZero ? IsOdd(value.B) : IsOdd(value.A);
}
