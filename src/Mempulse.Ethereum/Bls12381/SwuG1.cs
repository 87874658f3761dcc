using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The parameters of the map to G1. <see href="https://www.rfc-editor.org/rfc/rfc9380#section-8.8.1"/></summary>
internal readonly struct SwuG1 : ISwuCurve<Fp>
{
    public static Fp A { get; } =
        HexNumber.Residue("144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d");

    public static Fp B { get; } =
        HexNumber.Residue("12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0");

    public static Fp Z { get; } = Fp.From(11);

    public static IReadOnlyList<Fp[]> Isogeny { get; } =
        [Read(IsogenyG1.XNumerator), Read(IsogenyG1.XDenominator), Read(IsogenyG1.YNumerator), Read(IsogenyG1.YDenominator)];

    public static bool TrySqrt(in Fp value, out Fp root) => Bls12381Roots.TrySqrt(value, out root);

    public static bool IsOdd(in Fp value) => Bls12381Roots.IsOdd(value);

    private static Fp[] Read(IReadOnlyList<string> digits) => [.. digits.Select(HexNumber.Residue)];

    public static JacobianPoint<Fp> ClearCofactor(in AffinePoint<Fp> point) => Bls12381Group.ClearCofactor(point);
}
