using System.Numerics;
using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Multi-scalar multiplication in G1 and G2, with each scalar split into short ones by an endomorphism that costs almost nothing.</summary>
/// <remarks>
/// Gallant, Lambert, Vanstone, Faster point multiplication on elliptic curves, 2001; Galbraith, Lin, Scott, 2009, for the twist. No lattice is
/// needed here: the endomorphisms multiply by the square and by the magnitude of the seed. A scalar below the order, which is about the
/// fourth power of the seed, has two digits in the one base and four in the other.
/// </remarks>
internal static class Bls12381Sum
{
    private const int ScalarBytes = Bls12381Points.ScalarBytes;
    private const int HalfBytes = ScalarBytes / 2;
    private const int QuarterBytes = ScalarBytes / 4;

    private static readonly BigInteger Seed = Bls12381Curve.SeedMagnitude;
    private static readonly BigInteger SquaredSeed = Seed * Seed;

    /// <summary>Returns the sum of points of G1, each times its big-endian scalar of 32 bytes, which is reduced modulo the order.</summary>
    public static JacobianPoint<Fp> OfFirst(ReadOnlySpan<AffinePoint<Fp>> points, ReadOnlySpan<byte> scalars)
    {
        const int Parts = ScalarBytes / HalfBytes;
        var images = new AffinePoint<Fp>[Parts * points.Length];
        byte[] digits = new byte[Parts * HalfBytes * points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            images[Parts * i] = points[i];
            images[(Parts * i) + 1] = points[i].IsInfinity ? default : Bls12381Group.TimesSquaredSeed(points[i]);
            Split(scalars.Slice(i * ScalarBytes, ScalarBytes), SquaredSeed, HalfBytes, digits.AsSpan(i * ScalarBytes, ScalarBytes));
        }

        return MultiScalar.Sum<Fp>(images, digits, HalfBytes);
    }

    /// <summary>Returns the sum of points of G2, each times its big-endian scalar of 32 bytes, which is reduced modulo the order.</summary>
    public static JacobianPoint<Fp2> OfSecond(ReadOnlySpan<AffinePoint<Fp2>> points, ReadOnlySpan<byte> scalars)
    {
        const int Parts = ScalarBytes / QuarterBytes;
        var images = new AffinePoint<Fp2>[Parts * points.Length];
        byte[] digits = new byte[Parts * QuarterBytes * points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            images[Parts * i] = points[i];
            for (int part = 1; part < Parts; part++)
            {
                ref readonly var below = ref images[(Parts * i) + part - 1];
                images[(Parts * i) + part] = below.IsInfinity ? default : Bls12381Group.TimesSeedMagnitude(below);
            }

            Split(scalars.Slice(i * ScalarBytes, ScalarBytes), Seed, QuarterBytes, digits.AsSpan(i * ScalarBytes, ScalarBytes));
        }

        return MultiScalar.Sum<Fp2>(images, digits, QuarterBytes);
    }

    /// <summary>Reduces a scalar modulo the order and writes its digits in a base, lowest first, each big-endian.</summary>
    private static void Split(ReadOnlySpan<byte> scalar, BigInteger radix, int digitBytes, Span<byte> digits)
    {
        var rest = new BigInteger(scalar, isUnsigned: true, isBigEndian: true) % Bls12381Order.Value;
        for (int at = 0; at < digits.Length; at += digitBytes)
        {
            (rest, var digit) = BigInteger.DivRem(rest, radix);
            int written = digit.GetByteCount(isUnsigned: true);
            digit.TryWriteBytes(digits[(at + digitBytes - written)..], out _, isUnsigned: true, isBigEndian: true);
        }
    }
}
