using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Square roots and signs in the fields of BLS12-381, whose prime is 3 modulo 4. <see href="https://www.rfc-editor.org/rfc/rfc9380#section-4"/></summary>
internal static class Bls12381Roots
{
    private const int FieldBytes = 48;

    /// <summary>A square root, where there is one.</summary>
    public static bool TryTake(in Fp value, out Fp root)
    {
        root = FieldPower.Raise(value, (Bls12381Prime.Value + 1) / 4);
        return Fp.AreEqual(Fp.Square(root), value);
    }

    /// <summary>A square root, where there is one (Adj and Rodriguez-Henriquez, Square root computation over even extension fields, 2012).</summary>
    public static bool TryTake(in Fp2 value, out Fp2 root)
    {
        var a = FieldPower.Raise(value, (Bls12381Prime.Value - 3) / 4);
        var start = Fp2.Multiply(a, value);
        var alpha = Fp2.Multiply(a, start);
        root = Fp2.AreEqual(alpha, Fp2.Negate(Fp2.One))
            ? new Fp2(Fp.Negate(start.B), start.A)
            : Fp2.Multiply(FieldPower.Raise(Fp2.Add(alpha, Fp2.One), (Bls12381Prime.Value - 1) / 2), start);
        return Fp2.AreEqual(Fp2.Square(root), value);
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
