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

/// <summary>What fields and the second group compute by shortcuts, against the plain ways.</summary>
public sealed class FieldShortcutTests
{
    private const int Seed = 20_262;
    private int _drawn;

    [Fact]
    public void An_inverse_by_division_steps_is_that_of_Fermat()
    {
        CheckInverses<Residue4<Bn254Prime>>();
        CheckInverses<Residue4<Bls12381Order>>();
        CheckInverses<Fp>();
    }

    [Fact]
    public void A_cyclotomic_power_is_the_power()
    {
        for (int i = 0; i < 5; i++)
        {
            var value = Pairing.EasyPower(new Fp12(Sextic(), Sextic()));

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

            Assert.Equal(JacobianPoint<Fp2>.Multiply(new(point), Bls12381Curve.Order).IsInfinity, Bls12381Group.Contains(point));
            Assert.False(Bls12381Group.Contains(point), $"Seed {Seed}.");
            Assert.True(Bls12381Group.Contains(Bls12381Group.ClearCofactor(point).ToAffine()));
        }

        Assert.True(Bls12381Group.Contains(Bls12381Curve.SecondGenerator));
        Assert.True(Bls12381Group.Contains(default(AffinePoint<Fp2>)));
    }

    private void CheckInverses<TField>()
        where TField : struct, IPrimeField<TField>
    {
        var numbers = new List<BigInteger> { 0, 1, 2, TField.Modulus - 1, TField.Modulus - 2, (TField.Modulus + 1) / 2, BigInteger.One << 62, BigInteger.One << 250 };
        byte[] bytes = new byte[TField.SizeBytes];
        for (int i = 0; i < 500; i++)
        {
            Fill(bytes);
            numbers.Add(new BigInteger(bytes, isUnsigned: true) >> (i % 8 * 30));
        }

        foreach (var number in numbers)
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
            if (Bls12381Roots.TryTake(Fp2.Add(Fp2.Multiply(Fp2.Square(x), x), Bls12381Curve.TwistB), out var y))
            {
                return new AffinePoint<Fp2>(x, y);
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
