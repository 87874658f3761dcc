using System.Numerics;
using CsCheck;
using Mempulse.Evm.Precompiles.Powers;

namespace Mempulse.Evm.Tests.Precompiles;

/// <summary>Powers by limbs against the platform's.</summary>
public sealed class ModularPowerTests
{
    /// <summary>Lengths cross several limbs; ends of zeros make moduli even and short, runs of ones make every carry happen.</summary>
    private static readonly Gen<byte[]> AnyNumber = Gen.Select(Gen.Byte.Array[0, 70], Gen.Int[0, 70], Gen.Int[0, 5]).Select((bytes, at, kind) => kind switch
    {
        0 => [.. bytes.Take(at), .. new byte[Math.Max(bytes.Length - at, 0)]],
        1 => [.. new byte[Math.Min(at, bytes.Length)], .. bytes.Skip(at)],
        2 => Enumerable.Repeat((byte)0xff, bytes.Length).ToArray(),
        3 => [.. Enumerable.Repeat((byte)0xff, bytes.Length), 0x80],
        _ => bytes,
    });

    [Fact]
    public void A_power_is_that_of_the_platform_whatever_the_modulus() =>
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
    public void An_exponent_of_every_window_width_is_raised_to(int exponentBytes)
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
