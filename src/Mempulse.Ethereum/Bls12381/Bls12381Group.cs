using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Whether a point is in one of the two groups, and the way into the second.</summary>
/// <remarks>
/// (x, y) to (beta x, y), beta a cube root of one, is f with f^2 + f + 1 = 0 on all of the curve. The order of the group is x^4 - x^2 + 1 for the
/// seed x, so f(P) = -x^2 P makes the order times P infinity, and every point of the group satisfies it
/// (Scott, A note on group membership tests, 2021, <see href="https://eprint.iacr.org/2021/1130"/>). Half the doublings of a product with the order.
/// On the twist the Frobenius map, taken there and back, does the same with the seed itself: psi(P) = x P; a quarter of the doublings.
/// </remarks>
internal static class Bls12381Group
{
    private const int SeedBits = 64;

    private static readonly Fp Beta = HexNumber.Residue("5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    /// <summary>1 / xi to the powers of (p - 1) / 3 and of (p - 1) / 2: what psi does to the coordinates.</summary>
    private static readonly Fp2 PsiX = Fp2.Invert(FieldPower.Raise(Bls12381Tower.NonResidue, (Bls12381Prime.Value - 1) / 3));
    private static readonly Fp2 PsiY = Fp2.Invert(FieldPower.Raise(Bls12381Tower.NonResidue, (Bls12381Prime.Value - 1) / 2));

    /// <summary>True for a point of the group, and for infinity; the point must be on the curve.</summary>
    public static bool Contains(in AffinePoint<Fp> point)
    {
        var image = new AffinePoint<Fp>(Fp.Multiply(Beta, point.X), point.Y);
        return JacobianPoint<Fp>.Add(TimesSeed(TimesSeed(new JacobianPoint<Fp>(point))), image).IsInfinity;
    }

    /// <summary>True for a point of the second group, and for infinity; the point must be on the twist.</summary>
    public static bool Contains(in AffinePoint<Fp2> point) =>
        JacobianPoint<Fp2>.Add(TimesSeed(new JacobianPoint<Fp2>(point)), Psi(point)).IsInfinity;

    /// <summary>
    /// h_eff times a point of the twist, which lies in the second group: (x^2 - x - 1) P + (x - 1) psi(P) + psi^2(2 P)
    /// (Budroni and Pintore, <see href="https://www.rfc-editor.org/rfc/rfc9380#appendix-G.3"/>). The seed x is minus its magnitude.
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

    /// <summary>h_eff = 1 - x times a point of the curve, which lies in the first group (<see href="https://www.rfc-editor.org/rfc/rfc9380#section-8.8.1"/>).</summary>
    public static JacobianPoint<Fp> ClearCofactor(in AffinePoint<Fp> point) => JacobianPoint<Fp>.Add(TimesSeed(new JacobianPoint<Fp>(point)), point);

    /// <summary>x^2 times a point of the first group, for two products: -f(P).</summary>
    public static AffinePoint<Fp> TimesSquaredSeed(in AffinePoint<Fp> point) => new(Fp.Multiply(Beta, point.X), Fp.Negate(point.Y));

    /// <summary>The seed's magnitude times a point of the second group, for two products: -psi(P).</summary>
    public static AffinePoint<Fp2> TimesSeedMagnitude(in AffinePoint<Fp2> point) => Psi(point).Negated();

    private static AffinePoint<Fp2> Psi(in AffinePoint<Fp2> point) =>
        new(Fp2.Multiply(Fp2.Conjugate(point.X), PsiX), Fp2.Multiply(Fp2.Conjugate(point.Y), PsiY));

    /// <summary>The seed has six set bits: adding as they come is cheaper than a table.</summary>
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
