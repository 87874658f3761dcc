using System.Numerics;
using CsCheck;
using Mempulse.Evm.Precompiles.Powers;

namespace Mempulse.Evm.Tests.Precompiles;

/// <summary>Compares modular exponentiation with <see cref="BigInteger.ModPow"/>.</summary>
public sealed class ModularPowerTests
{
    /// <summary>Lengths span several limbs; leading and trailing zeros make moduli short and even, runs of ones propagate every carry.</summary>
    private static readonly Gen<byte[]> AnyNumber = Gen.Select(Gen.Byte.Array[0, 70], Gen.Int[0, 70], Gen.Int[0, 5]).Select((bytes, at, kind) => kind switch
    {
        0 => [.. bytes.Take(at), .. new byte[Math.Max(bytes.Length - at, 0)]],
        1 => [.. new byte[Math.Min(at, bytes.Length)], .. bytes.Skip(at)],
        2 => Enumerable.Repeat((byte)0xff, bytes.Length).ToArray(),
        3 => [.. Enumerable.Repeat((byte)0xff, bytes.Length), 0x80],
        _ => bytes,
    });

    [Fact]
    public void A_power_equals_that_of_BigInteger_for_any_modulus() =>
        Gen.Select(AnyNumber, Gen.Byte.Array[0, 24], AnyNumber).Sample((number, exponent, modulus) =>
        {
            if (Of(modulus) <= 1)
            {
                return true;
            }

            byte[] result = new byte[modulus.Length];
            ModularPower.Raise(number, exponent, modulus, result);
            return Of(result) == BigInteger.ModPow(Of(number), Of(exponent), Of(modulus));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(600)]
    public void Every_window_width_gives_the_power_of_BigInteger(int exponentBytes)
    {
        byte[] exponent = [.. Enumerable.Range(0, exponentBytes).Select(i => (byte)((i * 37) + 0xa5 & 0xff))];
        foreach (string modulus in new[] { "ffffffffffffffc5", "fffffffffffffffffffffffffffffff0", "8000000000000000000000", "03" })
        {
            byte[] bytes = Convert.FromHexString(modulus);
            byte[] result = new byte[bytes.Length];
            ModularPower.Raise([0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10, 0xff], exponent, bytes, result);
            Assert.Equal(BigInteger.ModPow(Of([0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10, 0xff]), Of(exponent), Of(bytes)), Of(result));
        }
    }

    private static BigInteger Of(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
