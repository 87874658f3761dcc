using System.Numerics;
using CsCheck;

namespace Mempulse.Primitives.Tests;

/// <summary>The EVM word arithmetic compared with BigInteger, on numbers that exercise carries: limbs of zeros, ones and random bits.</summary>
public sealed class UInt256WordTests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    private static readonly Gen<ulong> Limb = Gen.Frequency(
        (2, Gen.Const(0UL)), (2, Gen.Const(ulong.MaxValue)), (1, Gen.Const(1UL << 63)), (1, Gen.Const(1UL)), (4, Gen.ULong));

    private static readonly Gen<UInt256> Word = Gen.Select(Limb, Limb, Limb, Limb, (a, b, c, d) => new UInt256(a, b, c, d));

    /// <summary>Also divisors of one limb and powers of two, which have ways of their own.</summary>
    private static readonly Gen<UInt256> Divisor = Gen.OneOf(Word, Limb.Select(limb => (UInt256)limb), Gen.Select(Limb, Limb, (a, b) => new UInt256(a, b, 0, 0)), Gen.Int[0, 255].Select(bit =>
    {
        UInt256.ShiftLeft(UInt256.One, bit, out var power);
        return power;
    }));

    [Fact]
    public void Sums_differences_and_products_match_BigInteger_modulo_2_to_the_256() => Gen.Select(Word, Word).Sample((left, right) =>
    {
        UInt256.AddWrapping(left, right, out var sum);
        UInt256.AddWrapping(left, right.LowUInt64, out var small);
        UInt256.SubtractWrapping(left, right, out var difference);
        UInt256.MultiplyWrapping(left, right, out var product);
        var full = UInt256.Multiply(left, right, out bool wrapped);

        Assert.Equal((Big(left) + Big(right)) % Modulus, Big(sum));
        Assert.Equal((Big(left) + right.LowUInt64) % Modulus, Big(small));
        Assert.Equal((Big(left) - Big(right) + Modulus) % Modulus, Big(difference));
        Assert.Equal(Big(left) * Big(right) % Modulus, Big(product));
        Assert.Equal(product, full);
        Assert.Equal(Big(left) * Big(right) >= Modulus, wrapped);
    });

    [Fact]
    public void Quotient_and_remainder_match_BigInteger() => Gen.Select(Word, Divisor).Sample((left, right) =>
    {
        UInt256.Divide(left, right, out var quotient);
        UInt256.Remainder(left, right, out var remainder);

        Assert.Equal(right.IsZero ? 0 : Big(left) / Big(right), Big(quotient));
        Assert.Equal(right.IsZero ? 0 : Big(left) % Big(right), Big(remainder));
    });

    [Fact]
    public void Signed_division_rounds_towards_zero() => Gen.Select(Word, Word).Sample((left, right) =>
    {
        UInt256.DivideSigned(left, right, out var quotient);
        UInt256.RemainderSigned(left, right, out var remainder);

        Assert.Equal(right.IsZero ? 0 : Wrap(BigInteger.Divide(Signed(left), Signed(right))), Big(quotient));
        Assert.Equal(right.IsZero ? 0 : Wrap(BigInteger.Remainder(Signed(left), Signed(right))), Big(remainder));
        Assert.Equal(Signed(left) < Signed(right), UInt256.IsLessSigned(left, right));
    });

    [Fact]
    public void Sums_and_products_modulo_a_number_do_not_wrap_first() => Gen.Select(Word, Word, Word).Sample((left, right, modulus) =>
    {
        UInt256.AddModulo(left, right, modulus, out var sum);
        UInt256.MultiplyModulo(left, right, modulus, out var product);

        Assert.Equal(modulus.IsZero ? 0 : (Big(left) + Big(right)) % Big(modulus), Big(sum));
        Assert.Equal(modulus.IsZero ? 0 : Big(left) * Big(right) % Big(modulus), Big(product));
    });

    [Fact]
    public void A_result_may_overwrite_an_operand() => Gen.Select(Word, Word).Sample((left, right) =>
    {
        UInt256.DivideSigned(left, right, out var quotient);
        UInt256.RemainderSigned(left, right, out var remainder);
        UInt256.MultiplyWrapping(left, right, out var product);
        var (overQuotient, overRemainder, overProduct) = (right, right, right);

        UInt256.DivideSigned(left, overQuotient, out overQuotient);
        UInt256.RemainderSigned(left, overRemainder, out overRemainder);
        UInt256.MultiplyWrapping(left, overProduct, out overProduct);

        Assert.Equal((quotient, remainder, product), (overQuotient, overRemainder, overProduct));
    });

    [Fact]
    public void Shifts_and_powers_match_BigInteger() => Gen.Select(Word, Gen.Int[0, 255], Gen.UInt).Sample((value, bits, exponent) =>
    {
        UInt256.ShiftLeft(value, bits, out var left);
        UInt256.ShiftRight(value, bits, out var right);
        UInt256.ShiftRightSigned(value, bits, out var signed);
        UInt256.PowWrapping(value, exponent, out var power);

        Assert.Equal((Big(value) << bits) % Modulus, Big(left));
        Assert.Equal(Big(value) >> bits, Big(right));
        Assert.Equal(Wrap(Signed(value) >> bits), Big(signed));
        Assert.Equal(BigInteger.ModPow(Big(value), exponent, Modulus), Big(power));
    });

    private static BigInteger Big(UInt256 value)
    {
        var bytes = new byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static BigInteger Signed(UInt256 value) => value.IsNegative ? Big(value) - Modulus : Big(value);

    private static BigInteger Wrap(BigInteger value) => ((value % Modulus) + Modulus) % Modulus;
}
