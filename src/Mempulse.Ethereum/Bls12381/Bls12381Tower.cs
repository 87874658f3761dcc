using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The tower of BLS12-381: xi = 1 + u.</summary>
internal readonly struct Bls12381Tower : ITower<Fp>
{
    public static Quadratic<Fp> NonResidue { get; } = new(Fp.One, Fp.One);

    public static Quadratic<Fp> MultiplyByNonResidue(in Quadratic<Fp> value)
    {
        var a = Fp.Subtract(value.A, value.B);
        return new Quadratic<Fp>(a, Fp.Add(value.A, value.B));
    }
}
