using System.Numerics;
using System.Security.Cryptography;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Tests.Kzg;

/// <summary>Compares the shortcuts of proof verification with the plain computations.</summary>
public sealed class GroupArithmeticTests
{
    private const int Seed = 20_261;
    private int _drawn;

    [Fact]
    public void A_multi_scalar_sum_equals_that_of_the_products_by_either_algorithm()
    {
        foreach (int count in new[] { 0, 1, 2, 17, 70 })
        {
            var points = new AffinePoint<Fp>[count];
            byte[] scalars = new byte[count * 32];
            Fill(scalars);
            scalars.AsSpan(0, count / 3 * 32).Fill(0xff);
            scalars.AsSpan(count / 2 * 32, count / 4 * 32).Clear();
            JacobianPoint<Fp> expected = default;
            for (int i = 0; i < count; i++)
            {
                // Include the same point, its negative, and infinity, so that additions meet all their cases.
                points[i] = (i % 5) switch { 3 => points[i - 1], 4 => points[i - 1].Negated(), 2 => default, _ => InGroup() };
                expected = JacobianPoint<Fp>.Add(expected, PlainProduct.Of<Fp>(new(points[i]), scalars.AsSpan(i * 32, 32)));
            }

            AssertSame(expected.ToAffine(), MultiScalar.Interleave<Fp>(points, scalars, 32).ToAffine());
            AssertSame(expected.ToAffine(), MultiScalar.FillBuckets<Fp>(points, scalars, 32).ToAffine());
            AssertSame(expected.ToAffine(), Bls12381Sum.OfFirst(points, scalars).ToAffine());
        }
    }

    [Fact]
    public void Signed_digits_are_odd_or_zero_and_add_up_to_the_number()
    {
        foreach (int length in new[] { 1, 8, 16, 32 })
        {
            for (int i = 0; i < 50; i++)
            {
                byte[] scalar = new byte[length];
                Fill(scalar);
                scalar.AsSpan(0, i % length).Fill(i % 2 == 0 ? (byte)0xff : (byte)0);
                var digits = new sbyte[SignedDigits.CountOf(length)];

                SignedDigits.Write(scalar, digits);

                var sum = BigInteger.Zero;
                for (int at = 0; at < digits.Length; at++)
                {
                    Assert.True(digits[at] == 0 || ((digits[at] & 1) == 1 && Math.Abs(digits[at]) < 1 << (SignedDigits.Width - 1)));
                    sum += (BigInteger)digits[at] << at;
                }

                Assert.Equal(new BigInteger(scalar, isUnsigned: true, isBigEndian: true), sum);
            }
        }
    }

    [Fact]
    public void A_point_is_in_the_group_when_the_order_times_it_is_infinity()
    {
        int outside = 0;
        for (int i = 0; i < 40; i++)
        {
            var point = OnCurve();
            bool expected = PlainProduct.Of<Fp>(new(point), Bls12381Curve.Order).IsInfinity;
            outside += expected ? 0 : 1;

            Assert.Equal(expected, Bls12381Group.Contains(point));
            Assert.True(Bls12381Group.Contains(InGroup()));
        }

        Assert.InRange(outside, 1, 40);
        Assert.True(Bls12381Group.Contains(default(AffinePoint<Fp>)));
    }

    private static void AssertSame(AffinePoint<Fp> expected, AffinePoint<Fp> actual) =>
        Assert.True(Fp.AreEqual(expected.X, actual.X) && Fp.AreEqual(expected.Y, actual.Y), $"Seed {Seed}.");

    private AffinePoint<Fp> InGroup()
    {
        byte[] scalar = new byte[32];
        Fill(scalar);
        return PlainProduct.Of<Fp>(new(Bls12381Curve.FirstGenerator), scalar).ToAffine();
    }

    private AffinePoint<Fp> OnCurve()
    {
        while (true)
        {
            byte[] bytes = new byte[32];
            Fill(bytes);
            var x = Fp.From(new BigInteger(bytes, isUnsigned: true));
            if (Bls12381Roots.TrySqrt(Fp.Add(Fp.Multiply(Fp.Square(x), x), Bls12381Curve.B), out var y))
            {
                return new AffinePoint<Fp>(x, y);
            }
        }
    }

    /// <summary>Pseudo-random bytes that are the same in every run: hashes of a counter.</summary>
    private void Fill(Span<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += SHA256.HashSizeInBytes)
        {
            byte[] hash = SHA256.HashData(BitConverter.GetBytes(Seed + _drawn++));
            hash.AsSpan(0, Math.Min(hash.Length, bytes.Length - at)).CopyTo(bytes[at..]);
        }
    }
}
