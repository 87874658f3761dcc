using System.Numerics;
using System.Security.Cryptography;
using Mempulse.Ethereum.Bn254;
using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>>;

namespace Mempulse.Ethereum.Tests.Kzg;

/// <summary>Compares the shortcuts of BN254 with the plain computations.</summary>
public sealed class Bn254ShortcutTests
{
    private const int Seed = 20_263;
    private static readonly byte[] Order = Bn254Curve.Order.ToByteArray(isUnsigned: true, isBigEndian: true);
    private static readonly BigInteger RootExponent = (Bn254Prime.Value + 1) / 4;
    private int _drawn;

    [Fact]
    public void A_product_equals_that_by_double_and_add()
    {
        var generator = new AffinePoint<Fp>(Fp.One, Fp.From(2));
        var scalars = new List<BigInteger> { 0, 1, 2, Bn254Curve.Order - 1, Bn254Curve.Order, Bn254Curve.Order + 1, Bn254Curve.Seed, (BigInteger.One << 256) - 1, BigInteger.One << 127 };
        scalars.AddRange(Enumerable.Range(0, 60).Select(i => Number() >> (i % 8 * 32)));
        foreach (var scalar in scalars)
        {
            byte[] bytes = new byte[32];
            scalar.TryWriteBytes(bytes.AsSpan(32 - scalar.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
            var point = PlainProduct.Of<Fp>(new(generator), Number().ToByteArray(isUnsigned: true)).ToAffine();

            var expected = PlainProduct.Of<Fp>(new(point), bytes).ToAffine();
            var actual = Bn254Product.Of(point, bytes).ToAffine();

            Assert.True(Fp.AreEqual(expected.X, actual.X) && Fp.AreEqual(expected.Y, actual.Y), $"{scalar}, seed {Seed}.");
            Assert.True(Bn254Product.Of(default, bytes).IsInfinity);
        }
    }

    [Fact]
    public void A_point_of_the_twist_is_in_the_group_when_the_order_times_it_is_infinity()
    {
        byte[] cofactor = ((2 * Bn254Prime.Value) - Bn254Curve.Order).ToByteArray(isUnsigned: true, isBigEndian: true);
        for (int i = 0; i < 10; i++)
        {
            var point = OnTwist();
            var member = PlainProduct.Of<Fp2>(new(point), cofactor).ToAffine();

            Assert.False(PlainProduct.Of<Fp2>(new(point), Order).IsInfinity, $"Seed {Seed}.");
            Assert.False(Bn254Group.Contains(point), $"Seed {Seed}.");
            Assert.True(PlainProduct.Of<Fp2>(new(member), Order).IsInfinity, $"Seed {Seed}.");
            Assert.True(Bn254Group.Contains(member), $"Seed {Seed}.");
        }

        Assert.True(Bn254Group.Contains(default));
    }

    /// <summary>The factors of the cofactor: a point whose order is one of them passes a test that forgets a condition.</summary>
    [Theory]
    [InlineData(10_069)]
    [InlineData(5_864_401)]
    public void A_point_of_a_small_order_is_not_in_the_group(int order)
    {
        var cofactor = (2 * Bn254Prime.Value) - Bn254Curve.Order;
        Assert.Equal(BigInteger.Zero, cofactor % order);
        byte[] rest = (cofactor / order * Bn254Curve.Order).ToByteArray(isUnsigned: true, isBigEndian: true);
        var point = PlainProduct.Of<Fp2>(new(OnTwist()), rest).ToAffine();

        Assert.False(point.IsInfinity);
        Assert.False(Bn254Group.Contains(point));
    }

    [Fact]
    public void Digits_without_neighbours_add_up_to_the_number()
    {
        for (int i = 0; i < 100; i++)
        {
            var number = Number() >> (i * 2);
            sbyte[] digits = SignedDigits.NonAdjacent(number);

            Assert.Equal(number, digits.Select((digit, at) => (BigInteger)digit << at).Aggregate(BigInteger.Zero, BigInteger.Add));
            Assert.All(digits, digit => Assert.InRange(digit, -1, 1));
            Assert.True(digits.Zip(digits.Skip(1)).All(pair => pair.First == 0 || pair.Second == 0));
            Assert.Equal(1, digits[^1]);
        }
    }

    private AffinePoint<Fp2> OnTwist()
    {
        while (true)
        {
            var x = new Fp2(Fp.From(Number()), Fp.From(Number()));
            if (TryRoot(Fp2.Add(Fp2.Multiply(Fp2.Square(x), x), Bn254Curve.TwistB), out var y))
            {
                return new AffinePoint<Fp2>(x, y);
            }
        }
    }

    /// <summary>The complex method, for a prime that is 3 modulo 4.</summary>
    private static bool TryRoot(in Fp2 value, out Fp2 root)
    {
        var norm = FieldPower.Raise(Fp.Add(Fp.Square(value.A), Fp.Square(value.B)), RootExponent);
        foreach (var sign in new[] { norm, Fp.Negate(norm) })
        {
            var real = FieldPower.Raise(Fp.Halve(Fp.Add(value.A, sign)), RootExponent);
            root = new Fp2(real, Fp.Multiply(Fp.Halve(value.B), Fp.Invert(real)));
            if (Fp2.AreEqual(Fp2.Square(root), value))
            {
                return true;
            }
        }

        root = default;
        return false;
    }

    /// <summary>A pseudo-random number of 256 bits that is the same in every run: the hash of a counter.</summary>
    private BigInteger Number() => new(SHA256.HashData(BitConverter.GetBytes(Seed + _drawn++)), isUnsigned: true);
}
