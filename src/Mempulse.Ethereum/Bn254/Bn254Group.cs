using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>>;

namespace Mempulse.Ethereum.Bn254;

/// <summary>The endomorphism of BN254's twist, and the membership test for G2 that it makes cheap.</summary>
/// <remarks>
/// psi (untwist, Frobenius map, twist) satisfies psi^2 - t psi + p = 0 on the whole twist, with the trace t. So the map of the test, whose
/// coefficients are x + 1, x, x and -2 x for the seed x, is a + b psi, and a point that it takes to infinity has an order that divides
/// a^2 + a b t + b^2 p. For this seed that number has no factor in common with the order of the twist but the order of G2, and all of G2
/// passes. The test takes a quarter of the doublings of a multiplication by the order (Dai and others, Fast subgroup membership testings
/// for G1, G2 and GT on pairing-friendly curves, 2022, <see href="https://eprint.iacr.org/2022/348"/>).
/// </remarks>
internal static class Bn254Group
{
    private const int SeedBits = 63;

    /// <summary>xi^((p - 1) / 3) and xi^((p - 1) / 2): the factors that psi applies to the conjugated coordinates.</summary>
    private static readonly Fp2 PsiX = FieldPower.Raise(Bn254Tower.NonResidue, (Bn254Prime.Value - 1) / 3);
    private static readonly Fp2 PsiY = FieldPower.Raise(Bn254Tower.NonResidue, (Bn254Prime.Value - 1) / 2);

    /// <summary>True if the point is in G2, infinity included; the point must be on the twist.</summary>
    public static bool Contains(in AffinePoint<Fp2> point)
    {
        var times = TimesSeed(point);
        var multiple = times.ToAffine();
        var once = Psi(multiple);
        var twice = Psi(once);
        var sum = JacobianPoint<Fp2>.Add(JacobianPoint<Fp2>.Add(JacobianPoint<Fp2>.Add(times, point), once), twice);
        var thrice = new JacobianPoint<Fp2>(Psi(twice));
        return JacobianPoint<Fp2>.Add(sum, JacobianPoint<Fp2>.Double(thrice).Negated()).IsInfinity;
    }

    /// <summary>The endomorphism; on G2 it is the multiplication by p.</summary>
    public static AffinePoint<Fp2> Psi(in AffinePoint<Fp2> point) =>
        new(Fp2.Multiply(Fp2.Conjugate(point.X), PsiX), Fp2.Multiply(Fp2.Conjugate(point.Y), PsiY));

    private static JacobianPoint<Fp2> TimesSeed(in AffinePoint<Fp2> point)
    {
        var result = new JacobianPoint<Fp2>(point);
        for (int bit = SeedBits - 2; bit >= 0; bit--)
        {
            result = JacobianPoint<Fp2>.Double(result);
            if (((Bn254Curve.Seed >> bit) & 1) != 0)
            {
                result = JacobianPoint<Fp2>.Add(result, point);
            }
        }

        return result;
    }
}
