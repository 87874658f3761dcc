using System.Globalization;
using System.Numerics;
using CsCheck;

namespace Mempulse.Primitives.Tests;

public sealed class UInt256Tests
{
    private static readonly BigInteger Modulus = BigInteger.Pow(2, 256);

    /// <summary>Numbers of every length, and those around the limits of the limbs.</summary>
    private static readonly Gen<UInt256> Word = Gen.OneOf(
        Gen.Byte.Array[0, 32].Select(bytes => UInt256.FromBigEndian(bytes)),
        Gen.Select(Limb, Limb, Limb, Limb).Select((a, b, c, d) => new UInt256(a, b, c, d)));

    private static Gen<ulong> Limb => Gen.OneOf(Gen.Const(0UL), Gen.Const(1UL), Gen.Const(ulong.MaxValue), Gen.Const(1UL << 63), Gen.ULong);

    [Fact]
    public void Add_is_addition_modulo_2_to_the_256_and_reports_overflow() =>
        Gen.Select(Word, Word).Sample((left, right) =>
        {
            var exact = Big(left) + Big(right);
            var sum = UInt256.Add(left, right, out bool wrapped);
            Assert.Equal(exact % Modulus, Big(sum));
            Assert.Equal(exact >= Modulus, wrapped);
            CheckOperator(exact, () => left + right);
        });

    [Fact]
    public void Subtraction_is_exact_or_throws() =>
        Gen.Select(Word, Word).Sample((left, right) => CheckOperator(Big(left) - Big(right), () => left - right));

    [Fact]
    public void Multiplication_is_exact_or_throws_and_otherwise_wraps() =>
        Gen.Select(Word, Limb).Sample((left, right) =>
        {
            var exact = Big(left) * right;
            bool fits = UInt256.TryMultiply(left, right, out var product);
            Assert.Equal((exact < Modulus, exact % Modulus), (fits, Big(product)));
            CheckOperator(exact, () => left * right);
        });

    [Fact]
    public void Order_equality_and_lengths_match_BigInteger() =>
        Gen.Select(Word, Word).Sample((left, right) =>
        {
            int order = Big(left).CompareTo(Big(right));
            Assert.Equal(order, left.CompareTo(right));
            Assert.Equal((order < 0, order <= 0, order > 0, order >= 0), (left < right, left <= right, left > right, left >= right));
            Assert.Equal(order == 0, left == right);
            Assert.Equal((int)Big(left).GetBitLength(), left.BitLength);
            Assert.Equal((left.BitLength + 7) / 8, left.ByteLength);
            Assert.Equal(Big(left).IsZero, left.IsZero);
            Assert.Equal(Big(left) <= ulong.MaxValue, left.FitsUInt64);
            Assert.Equal((ulong)(Big(left) & ulong.MaxValue), left.LowUInt64);
        });

    [Fact]
    public void Big_endian_bytes_of_any_length_read_back() =>
        Gen.Byte.Array[0, 32].Sample(bytes =>
        {
            var word = UInt256.FromBigEndian(bytes);
            Assert.Equal(new BigInteger(bytes, isUnsigned: true, isBigEndian: true), Big(word));
            byte[] written = new byte[UInt256.Size];
            word.WriteBigEndian(written);
            Assert.Equal(word, UInt256.FromBigEndian(written));
        });

    [Fact]
    public void Decimal_and_hex_texts_read_back() =>
        Word.Sample(word =>
        {
            Assert.Equal(Big(word).ToString(CultureInfo.InvariantCulture), word.ToString());
            Assert.True(UInt256.TryParse(word.ToString(), out var fromDecimal));
            Assert.True(UInt256.TryParse("0x" + Big(word).ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0'), out var fromHex));
            Assert.Equal((word, word), (fromDecimal, fromHex));
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("0xg")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("0x10000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1\0")]
    [InlineData("0x1\0")]
    public void Other_texts_are_refused(string? text) => Assert.False(UInt256.TryParse(text, out _));

    [Fact]
    public void More_than_32_bytes_are_refused() =>
        Assert.Throws<ArgumentException>(() => UInt256.FromBigEndian(new byte[33]));

    private static void CheckOperator(BigInteger exact, Func<UInt256> compute)
    {
        if (exact.Sign < 0 || exact >= Modulus)
        {
            Assert.Throws<OverflowException>(() => compute());
        }
        else
        {
            Assert.Equal(exact, Big(compute()));
        }
    }

    private static BigInteger Big(UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
