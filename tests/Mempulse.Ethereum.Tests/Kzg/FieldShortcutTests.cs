using System.Numerics;
using System.Security.Cryptography;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Bn254;
using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp12 = Mempulse.Ethereum.Fields.Dodecic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>, Mempulse.Ethereum.Bls12381.Bls12381Tower>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Tests.Kzg;

/// <summary>Compares the shortcuts of the fields and of G2 with the plain computations.</summary>
public sealed class FieldShortcutTests
{
    private const int Seed = 20_262;
    private int _drawn;

    [Fact]
    public void An_inverse_by_division_steps_equals_that_by_Fermat()
    {
        CheckInverses<Residue4<Bn254Prime>>();
        CheckInverses<Residue4<Bls12381Order>>();
        CheckInverses<Fp>();
    }

    [Fact]
    public void Products_and_sums_equal_those_of_the_numbers()
    {
        CheckArithmetic<Residue4<Bn254Prime>>();
        CheckArithmetic<Residue4<Bls12381Order>>();
        CheckArithmetic<Fp>();
    }

    [Fact]
    public void A_cyclotomic_power_equals_the_general_power()
    {
        for (int i = 0; i < 5; i++)
        {
            var value = Pairing.EasyPart(new Fp12(Sextic(), Sextic()));

            Assert.True(Fp12.AreEqual(Fp12.Square(value), Fp12.SquareCyclotomic(value)), $"Seed {Seed}.");
            Assert.True(Fp12.AreEqual(FieldPower.Raise(value, Bls12381Curve.SeedMagnitude), Fp12.RaiseCyclotomic(value, Bls12381Curve.SeedMagnitude)));
        }
    }

    [Fact]
    public void Lines_of_both_twists_multiply_like_any_element()
    {
        var value = new Fp12(Sextic(), Sextic());
        var (a, b, c) = (Quadratic(), Quadratic(), Quadratic());

        Assert.True(Fp12.AreEqual(
            Fp12.Multiply(value, new Fp12(new(a, default, default), new(b, c, default))), Fp12.MultiplyDivisorLine(value, a, b, c)));
        Assert.True(Fp12.AreEqual(
            Fp12.Multiply(value, new Fp12(new(a, b, default), new(default, c, default))), Fp12.MultiplyMultiplierLine(value, a, b, c)));
    }

    [Fact]
    public void A_point_of_the_twist_is_in_the_group_when_the_order_times_it_is_infinity()
    {
        for (int i = 0; i < 10; i++)
        {
            var point = OnTwist();

            Assert.Equal(PlainProduct.Of<Fp2>(new(point), Bls12381Curve.Order).IsInfinity, Bls12381Group.Contains(point));
            Assert.False(Bls12381Group.Contains(point), $"Seed {Seed}.");
            Assert.True(Bls12381Group.Contains(Bls12381Group.ClearCofactor(point).ToAffine()));
        }

        Assert.True(Bls12381Group.Contains(Bls12381Curve.SecondGenerator));
        Assert.True(Bls12381Group.Contains(default(AffinePoint<Fp2>)));
    }

    [Fact]
    public void Exactly_the_squares_have_a_root()
    {
        var minusOne = Fp.Negate(Fp.One);
        Fp2[] edges = [default, Fp2.One, new(minusOne, default), new(default, Fp.One), new(default, minusOne), new(Element(), default), new(default, Element())];
        foreach (var value in edges.Concat(Enumerable.Range(0, 20).Select(_ => Quadratic())))
        {
            var square = Fp2.Square(value);

            Assert.True(Bls12381Roots.TrySqrt(square, out var root), $"Seed {Seed}.");
            Assert.True(Fp2.AreEqual(Fp2.Square(root), square));
            Assert.Equal(value.IsZero, Bls12381Roots.TrySqrt(Fp2.Multiply(square, Bls12381Tower.NonResidue), out _));
        }
    }

    [Fact]
    public void A_sum_in_G2_equals_that_of_the_products()
    {
        foreach (int count in new[] { 0, 1, 3, 20 })
        {
            var points = new AffinePoint<Fp2>[count];
            byte[] scalars = new byte[count * 32];
            Fill(scalars);
            scalars.AsSpan(0, count / 3 * 32).Fill(0xff);
            JacobianPoint<Fp2> expected = default;
            for (int i = 0; i < count; i++)
            {
                points[i] = (i % 5) switch { 3 => points[i - 1], 4 => points[i - 1].Negated(), 2 => default, _ => Bls12381Group.ClearCofactor(OnTwist()).ToAffine() };
                expected = JacobianPoint<Fp2>.Add(expected, PlainProduct.Of<Fp2>(new(points[i]), scalars.AsSpan(i * 32, 32)));
            }

            var actual = Bls12381Sum.OfSecond(points, scalars).ToAffine();

            Assert.True(Fp2.AreEqual(expected.ToAffine().X, actual.X) && Fp2.AreEqual(expected.ToAffine().Y, actual.Y), $"{count} points, seed {Seed}.");
        }
    }

    private void CheckArithmetic<TField>()
        where TField : struct, IPrimeField<TField>
    {
        var numbers = Numbers<TField>(60);
        foreach (var (left, right) in numbers.SelectMany(left => numbers.Select(right => (left, right))))
        {
            var (a, b) = (TField.From(left), TField.From(right));
            string what = $"{left} and {right} modulo {TField.Modulus}, seed {Seed}.";
            Assert.True(left * right % TField.Modulus == Number(TField.Multiply(a, b)), what);
            Assert.True((left + right) % TField.Modulus == Number(TField.Add(a, b)), what);
            Assert.True(left * left % TField.Modulus == Number(TField.Square(a)), what);
            Assert.True(TField.AreEqual(a, TField.Halve(TField.Add(a, a))) && TField.AreEqual(a, TField.Add(TField.Halve(a), TField.Halve(a))), what);
        }
    }

    private static BigInteger Number<TField>(TField value)
        where TField : struct, IPrimeField<TField>
    {
        byte[] bytes = new byte[TField.SizeBytes];
        value.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>Edge cases of the field, and numbers of several lengths.</summary>
    private List<BigInteger> Numbers<TField>(int count)
        where TField : struct, IPrimeField<TField>
    {
        var numbers = new List<BigInteger> { 0, 1, 2, TField.Modulus - 1, TField.Modulus - 2, (TField.Modulus + 1) / 2, BigInteger.One << 62, BigInteger.One << 250 };
        byte[] bytes = new byte[TField.SizeBytes];
        for (int i = 0; i < count; i++)
        {
            Fill(bytes);
            numbers.Add(new BigInteger(bytes, isUnsigned: true) >> (i % 8 * 30));
        }

        return numbers;
    }

    private void CheckInverses<TField>()
        where TField : struct, IPrimeField<TField>
    {
        foreach (var number in Numbers<TField>(500))
        {
            var value = TField.From(number);
            Assert.True(
                TField.AreEqual(FieldPower.Raise(value, TField.Modulus - 2), TField.Invert(value)), $"{number} modulo {TField.Modulus}, seed {Seed}.");
        }
    }

    private Fp Element()
    {
        byte[] bytes = new byte[Fp.SizeBytes];
        Fill(bytes);
        return Fp.From(new BigInteger(bytes, isUnsigned: true));
    }

    private Fp2 Quadratic() => new(Element(), Element());

    private Sextic<Fp, Bls12381Tower> Sextic() => new(Quadratic(), Quadratic(), Quadratic());

    private AffinePoint<Fp2> OnTwist()
    {
        while (true)
        {
            var x = Quadratic();
            if (Bls12381Roots.TrySqrt(Fp2.Add(Fp2.Multiply(Fp2.Square(x), x), Bls12381Curve.TwistB), out var y))
            {
                return new AffinePoint<Fp2>(x, y);
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
