using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Whether a point of the curve is in the first group.</summary>
/// <remarks>
/// (x, y) to (beta x, y), beta a cube root of one, is f with f^2 + f + 1 = 0 on all of the curve. The order of the group is x^4 - x^2 + 1 for the
/// seed x, so f(P) = -x^2 P makes the order times P infinity, and every point of the group satisfies it
/// (Scott, A note on group membership tests, 2021, <see href="https://eprint.iacr.org/2021/1130"/>). Half the doublings of a product with the order.
/// </remarks>
internal static class Bls12381Group
{
    private const int SeedBits = 64;

    private static readonly Fp Beta = HexNumber.Residue("5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    /// <summary>True for a point of the group, and for infinity; the point must be on the curve.</summary>
    public static bool Contains(in AffinePoint<Fp> point)
    {
        var image = new AffinePoint<Fp>(Fp.Multiply(Beta, point.X), point.Y);
        return JacobianPoint<Fp>.Add(TimesSeed(TimesSeed(new JacobianPoint<Fp>(point))), image).IsInfinity;
    }

    /// <summary>The seed has six set bits: adding as they come is cheaper than a table.</summary>
    private static JacobianPoint<Fp> TimesSeed(in JacobianPoint<Fp> point)
    {
        var result = point;
        for (int bit = SeedBits - 2; bit >= 0; bit--)
        {
            result = JacobianPoint<Fp>.Double(result);
            if (((Bls12381Curve.SeedMagnitude >> bit) & 1) != 0)
            {
                result = JacobianPoint<Fp>.Add(result, point);
            }
        }

        return result;
    }
}
