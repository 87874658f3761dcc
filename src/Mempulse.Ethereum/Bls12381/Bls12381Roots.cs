using System.Numerics;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Square roots and signs in the fields of BLS12-381, whose prime is 3 modulo 4. <see href="https://www.rfc-editor.org/rfc/rfc9380#section-4"/></summary>
internal static class Bls12381Roots
{
    private const int FieldBytes = 48;

    private static readonly BigInteger RootExponent = (Bls12381Prime.Value + 1) / 4;
    private static readonly BigInteger InverseRootExponent = (Bls12381Prime.Value - 3) / 4;

    /// <summary>A square root, where there is one.</summary>
    public static bool TryTake(in Fp value, out Fp root)
    {
        root = FieldPower.Raise(value, RootExponent);
        return Fp.AreEqual(Fp.Square(root), value);
    }

    /// <summary>A square root, where there is one, by two roots in the prime field.</summary>
    /// <remarks>
    /// The complex method (Scott, Implementing cryptographic pairings, 2007): with s^2 = a^2 + b^2, one of t = (a + s) / 2 and (a - s) / 2 = -b^2 / 4t
    /// is the square of the real part. r = t^((p - 3) / 4) gives c = r t, whose square is t or -t as t is a square or not, and 1 / c = r or -r.
    /// </remarks>
    public static bool TryTake(in Fp2 value, out Fp2 root)
    {
        root = default;
        if (!TryTake(Fp.Add(Fp.Square(value.A), Fp.Square(value.B)), out var s))
        {
            return false; // the norm of a square is a square, and of no other element
        }

        var t = Fp.Multiply(Fp.Add(value.A, s), Bls12381Curve.Half);
        t = t.IsZero ? value.A : t; // b = 0 and s = -a: the other of the two
        var r = FieldPower.Raise(t, InverseRootExponent);
        var c = Fp.Multiply(r, t);
        var other = Fp.Multiply(Fp.Multiply(value.B, Bls12381Curve.Half), r);
        root = Fp.AreEqual(Fp.Square(c), t) ? new Fp2(c, other) : new Fp2(Fp.Negate(other), c);
        return true;
    }

    /// <summary>sgn0: the parity.</summary>
    public static bool IsOdd(in Fp value)
    {
        Span<byte> bytes = stackalloc byte[FieldBytes];
        value.Write(bytes);
        return (bytes[^1] & 1) != 0;
    }

    /// <summary>sgn0: the parity of the first part that is not zero.</summary>
    public static bool IsOdd(in Fp2 value) => value.A.IsZero ? IsOdd(value.B) : IsOdd(value.A);
}
