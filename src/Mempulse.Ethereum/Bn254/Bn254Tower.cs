using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;

namespace Mempulse.Ethereum.Bn254;

/// <summary>The tower of BN254: xi = 9 + u.</summary>
internal readonly struct Bn254Tower : ITower<Fp>
{
    public static Quadratic<Fp> NonResidue { get; } = new(Fp.From(9), Fp.One);

    public static Quadratic<Fp> MultiplyByNonResidue(in Quadratic<Fp> value)
    {
        var a = Fp.Subtract(NineTimes(value.A), value.B);
        return new Quadratic<Fp>(a, Fp.Add(NineTimes(value.B), value.A));
    }

    private static Fp NineTimes(in Fp value)
    {
        var two = Fp.Add(value, value);
        var four = Fp.Add(two, two);
        return Fp.Add(Fp.Add(four, four), value);
    }
}
