using System.Numerics;
using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;

namespace Mempulse.Ethereum.Bn254;

/// <summary>Scalar multiplication on BN254, with the scalar split into two of half the length by an endomorphism that costs one multiplication.</summary>
/// <remarks>
/// Gallant, Lambert, Vanstone, Faster point multiplication on elliptic curves, 2001. The map (x, y) to (beta x, y) multiplies by lambda, a
/// cube root of one modulo the order. With the seed s, (6 s^2 + 4 s + 1, 2 s + 1) and (2 s + 1, -6 s^2 - 2 s) are short vectors (a, b) with
/// a + b lambda = 0; subtracting the multiples of both that are nearest below (k, 0) leaves two numbers below 2^127.
/// </remarks>
internal static class Bn254Product
{
    private const int HalfBytes = 16;

    private static readonly Fp Beta = Fp.From(BigInteger.Parse("2203960485148121921418603742825762020974279258880205651966", System.Globalization.NumberFormatInfo.InvariantInfo));
    private static readonly BigInteger Seed = Bn254Curve.Seed;
    private static readonly BigInteger A = (6 * Seed * Seed) + (4 * Seed) + 1;
    private static readonly BigInteger B = (2 * Seed) + 1;
    private static readonly BigInteger C = (6 * Seed * Seed) + (2 * Seed);

    /// <summary>Returns the point times a big-endian scalar of 32 bytes.</summary>
    public static JacobianPoint<Fp> Of(in AffinePoint<Fp> point, ReadOnlySpan<byte> scalar)
    {
        if (point.IsInfinity)
        {
            return default;
        }

        var k = new BigInteger(scalar, isUnsigned: true, isBigEndian: true) % Bn254Curve.Order;
        var first = k * C / Bn254Curve.Order;
        var second = k * B / Bn254Curve.Order;
        var one = k - (first * A) - (second * B);
        var other = (second * C) - (first * B);
        var image = new AffinePoint<Fp>(Fp.Multiply(Beta, point.X), point.Y);
        Span<byte> halves = stackalloc byte[2 * HalfBytes];
        halves.Clear();
        Write(one, halves[..HalfBytes]);
        Write(other, halves[HalfBytes..]);
        return MultiScalar.Interleave<Fp>([one.Sign < 0 ? point.Negated() : point, other.Sign < 0 ? image.Negated() : image], halves, HalfBytes);
    }

    private static void Write(in BigInteger value, Span<byte> bytes)
    {
        var magnitude = BigInteger.Abs(value);
        magnitude.TryWriteBytes(bytes[(bytes.Length - magnitude.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
    }
}
