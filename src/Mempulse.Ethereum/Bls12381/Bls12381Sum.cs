using System.Numerics;
using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Sums of points of the two groups times numbers, each number cut into short ones by a map that multiplies a point for almost nothing.</summary>
/// <remarks>
/// Gallant, Lambert, Vanstone, Faster point multiplication on elliptic curves, 2001; Galbraith, Lin, Scott, 2009, for the twist. Here no lattice is
/// needed: the maps multiply by the square and by the magnitude of the seed, and a number below the order, which is about the fourth power of the
/// seed, has two digits in the one base and four in the other.
/// </remarks>
internal static class Bls12381Sum
{
    private const int ScalarBytes = Bls12381Points.ScalarBytes;
    private const int HalfBytes = ScalarBytes / 2;
    private const int QuarterBytes = ScalarBytes / 4;

    private static readonly BigInteger Seed = Bls12381Curve.SeedMagnitude;
    private static readonly BigInteger SquaredSeed = Seed * Seed;

    /// <summary>The sum of points of the first group, each times its big-endian number of 32 bytes, whatever it is.</summary>
    public static JacobianPoint<Fp> OfFirst(ReadOnlySpan<AffinePoint<Fp>> points, ReadOnlySpan<byte> scalars)
    {
        const int Parts = ScalarBytes / HalfBytes;
        var images = new AffinePoint<Fp>[Parts * points.Length];
        byte[] digits = new byte[Parts * HalfBytes * points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            images[Parts * i] = points[i];
            images[(Parts * i) + 1] = points[i].IsInfinity ? default : Bls12381Group.TimesSquaredSeed(points[i]);
            Cut(scalars.Slice(i * ScalarBytes, ScalarBytes), SquaredSeed, HalfBytes, digits.AsSpan(i * ScalarBytes, ScalarBytes));
        }

        return MultiScalar.Sum<Fp>(images, digits, HalfBytes);
    }

    /// <summary>The sum of points of the second group, each times its big-endian number of 32 bytes, whatever it is.</summary>
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

            Cut(scalars.Slice(i * ScalarBytes, ScalarBytes), Seed, QuarterBytes, digits.AsSpan(i * ScalarBytes, ScalarBytes));
        }

        return MultiScalar.Sum<Fp2>(images, digits, QuarterBytes);
    }

    /// <summary>Writes the digits of a number modulo the order in a base, lowest first, each big-endian.</summary>
    private static void Cut(ReadOnlySpan<byte> scalar, BigInteger radix, int digitBytes, Span<byte> digits)
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
