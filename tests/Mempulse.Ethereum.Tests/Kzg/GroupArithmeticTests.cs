using System.Numerics;
using System.Security.Cryptography;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Tests.Kzg;

/// <summary>The shortcuts of proof verification against the plain ways.</summary>
public sealed class GroupArithmeticTests
{
    private const int Seed = 20_261;
    private int _drawn;

    [Fact]
    public void A_sum_by_buckets_is_the_sum_of_the_products()
    {
        foreach (int count in new[] { 0, 1, 2, 17, 70 })
        {
            var points = new AffinePoint<Fp>[count];
            byte[] scalars = new byte[count * 32];
            Fill(scalars);
            JacobianPoint<Fp> expected = default;
            for (int i = 0; i < count; i++)
            {
                // The same point and its negative turn up, and infinity, so that additions meet all their cases.
                points[i] = (i % 5) switch { 3 => points[i - 1], 4 => points[i - 1].Negated(), 2 => default, _ => InGroup() };
                expected = JacobianPoint<Fp>.Add(expected, JacobianPoint<Fp>.Multiply(new(points[i]), scalars.AsSpan(i * 32, 32)));
            }

            var actual = MultiScalar.Sum<Fp>(points, scalars, 32);

            AssertSame(expected.ToAffine(), actual.ToAffine());
        }
    }

    [Fact]
    public void A_point_is_in_the_group_when_the_order_times_it_is_infinity()
    {
        int outside = 0;
        for (int i = 0; i < 40; i++)
        {
            var point = OnCurve();
            bool expected = JacobianPoint<Fp>.Multiply(new(point), Bls12381Curve.Order).IsInfinity;
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
        return JacobianPoint<Fp>.Multiply(new(Bls12381Curve.FirstGenerator), scalar).ToAffine();
    }

    private AffinePoint<Fp> OnCurve()
    {
        while (true)
        {
            byte[] bytes = new byte[32];
            Fill(bytes);
            var x = Fp.From(new BigInteger(bytes, isUnsigned: true));
            if (Bls12381Roots.TryTake(Fp.Add(Fp.Multiply(Fp.Square(x), x), Bls12381Curve.B), out var y))
            {
                return new AffinePoint<Fp>(x, y);
            }
        }
    }

    /// <summary>Bytes that look random and are the same in every run: hashes of a counter.</summary>
    private void Fill(Span<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += SHA256.HashSizeInBytes)
        {
            byte[] hash = SHA256.HashData(BitConverter.GetBytes(Seed + _drawn++));
            hash.AsSpan(0, Math.Min(hash.Length, bytes.Length - at)).CopyTo(bytes[at..]);
        }
    }
}
