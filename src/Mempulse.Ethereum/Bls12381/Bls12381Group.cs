using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Membership tests and cofactor clearing for the two groups, G1 and G2.</summary>
/// <remarks>
/// The map f(x, y) = (beta x, y), with beta a cube root of one, satisfies f^2 + f + 1 = 0 on the whole curve. The order of the group is
/// x^4 - x^2 + 1 for the seed x, so f(P) = -x^2 P implies that the order times P is infinity, and every point of the group satisfies it
/// (Scott, A note on group membership tests, 2021, <see href="https://eprint.iacr.org/2021/1130"/>). The test takes half the doublings of
/// a multiplication by the order. On the twist, psi (untwist, Frobenius map, twist) does the same with the seed itself: psi(P) = x P. That
/// takes a quarter of the doublings.
/// </remarks>
internal static class Bls12381Group
{
    private const int SeedBits = 64;

    private static readonly Fp Beta = HexNumber.Residue("5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    /// <summary>(1 / xi)^((p - 1) / 3) and (1 / xi)^((p - 1) / 2): the factors that psi applies to the conjugated coordinates.</summary>
    private static readonly Fp2 PsiX = Fp2.Invert(FieldPower.Raise(Bls12381Tower.NonResidue, (Bls12381Prime.Value - 1) / 3));
    private static readonly Fp2 PsiY = Fp2.Invert(FieldPower.Raise(Bls12381Tower.NonResidue, (Bls12381Prime.Value - 1) / 2));

    /// <summary>True if the point is in G1, infinity included; the point must be on the curve.</summary>
    public static bool Contains(in AffinePoint<Fp> point)
    {
        var image = new AffinePoint<Fp>(Fp.Multiply(Beta, point.X), point.Y);
        return JacobianPoint<Fp>.Add(TimesSeed(TimesSeed(new JacobianPoint<Fp>(point))), image).IsInfinity;
    }

    /// <summary>True if the point is in G2, infinity included; the point must be on the twist.</summary>
    public static bool Contains(in AffinePoint<Fp2> point) =>
        JacobianPoint<Fp2>.Add(TimesSeed(new JacobianPoint<Fp2>(point)), Psi(point)).IsInfinity;

    /// <summary>
    /// Multiplies a point of the twist by h_eff, which takes it into G2: (x^2 - x - 1) P + (x - 1) psi(P) + psi^2(2 P)
    /// (Budroni and Pintore, <see href="https://www.rfc-editor.org/rfc/rfc9380#appendix-G.3"/>). The seed x is negative.
    /// </summary>
    public static JacobianPoint<Fp2> ClearCofactor(in AffinePoint<Fp2> point)
    {
        var start = new JacobianPoint<Fp2>(point);
        var image = Psi(point);
        var twice = JacobianPoint<Fp2>.Double(start).ToAffine();
        var minus = point.Negated();

        // With m = -x: m (m P + P - psi(P)) - P - psi(P) + psi^2(2 P).
        var inner = JacobianPoint<Fp2>.Add(JacobianPoint<Fp2>.Add(TimesSeed(start), point), image.Negated());
        var sum = JacobianPoint<Fp2>.Add(JacobianPoint<Fp2>.Add(TimesSeed(inner), minus), image.Negated());
        return JacobianPoint<Fp2>.Add(sum, Psi(Psi(twice)));
    }

    /// <summary>Multiplies a point of the curve by h_eff = 1 - x, which takes it into G1.</summary>
    /// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9380#section-8.8.1"/></remarks>
    public static JacobianPoint<Fp> ClearCofactor(in AffinePoint<Fp> point) => JacobianPoint<Fp>.Add(TimesSeed(new JacobianPoint<Fp>(point)), point);

    /// <summary>Multiplies a point of G1 by x^2 with a single field multiplication: -f(P).</summary>
    public static AffinePoint<Fp> TimesSquaredSeed(in AffinePoint<Fp> point) => new(Fp.Multiply(Beta, point.X), Fp.Negate(point.Y));

    /// <summary>Multiplies a point of G2 by the seed's magnitude with two field multiplications: -psi(P).</summary>
    public static AffinePoint<Fp2> TimesSeedMagnitude(in AffinePoint<Fp2> point) => Psi(point).Negated();

    private static AffinePoint<Fp2> Psi(in AffinePoint<Fp2> point) =>
        new(Fp2.Multiply(Fp2.Conjugate(point.X), PsiX), Fp2.Multiply(Fp2.Conjugate(point.Y), PsiY));

    /// <summary>Multiplies by the seed's magnitude, which has six set bits: plain double-and-add is cheaper than a table.</summary>
    private static JacobianPoint<TField> TimesSeed<TField>(in JacobianPoint<TField> point)
        where TField : struct, IFieldElement<TField>
    {
        var result = point;
        for (int bit = SeedBits - 2; bit >= 0; bit--)
        {
            result = JacobianPoint<TField>.Double(result);
            if (((Bls12381Curve.SeedMagnitude >> bit) & 1) != 0)
            {
                result = JacobianPoint<TField>.Add(result, point);
            }
        }

        return result;
    }
}
