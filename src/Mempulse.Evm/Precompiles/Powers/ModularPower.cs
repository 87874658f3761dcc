using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Evm.Precompiles.Powers;

/// <summary>Modular exponentiation for any modulus above one: modulo its odd part and its power of two, joined by the Chinese remainder theorem.</summary>
/// <remarks>
/// Koc, Montgomery reduction with even modulus, 1994. Not constant-time: all numbers are public. BigInteger.ModPow takes ten times as long for numbers
/// of few limbs, where the price of EIP-2565 is lowest.
/// </remarks>
internal static class ModularPower
{
    private const int WordBits = 8;

    /// <summary>Computes number^exponent mod modulus, all big-endian, and fills all of <paramref name="result"/>.</summary>
    public static void Raise(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> modulus, Span<byte> result)
    {
        result.Clear();
        exponent = exponent.TrimStart((byte)0);
        if (exponent.IsEmpty)
        {
            result[^1] = 1;
            return;
        }

        var limbs = new ulong[(modulus.Length + sizeof(ulong) - 1) / sizeof(ulong)];
        LimbNumber.Read(modulus, limbs);
        int twos = LimbNumber.TrailingZeros(limbs);
        var odd = new BigInteger(modulus, isUnsigned: true, isBigEndian: true) >> twos;
        var value = new ulong[limbs.Length];
        if (!odd.IsOne)
        {
            RaiseOdd(new OddRing(odd), new BigInteger(number, isUnsigned: true, isBigEndian: true), exponent, value);
        }

        if (twos > 0)
        {
            Combine(value, odd, number, exponent, twos);
        }

        LimbNumber.Write(value, result);
    }

    private static void RaiseOdd(OddRing ring, BigInteger number, ReadOnlySpan<byte> exponent, Span<ulong> value)
    {
        var start = new ulong[ring.LimbCount];
        ring.ToMontgomery(number, start);
        ring.FromMontgomery(Raise(ring, start, exponent), value[..ring.LimbCount]);
    }

    /// <summary>Adds the multiple of the odd part that makes the result correct modulo the power of two as well.</summary>
    private static void Combine(Span<ulong> value, BigInteger odd, ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent, int twos)
    {
        var ring = new EvenRing((twos + LimbNumber.LimbBits - 1) / LimbNumber.LimbBits);
        var start = new ulong[ring.LimbCount];
        LimbNumber.Read(number, start);
        var difference = Raise(ring, start, exponent);
        LimbNumber.Subtract(difference, value[..ring.LimbCount]);

        var oddLimbs = new ulong[value.Length];
        LimbNumber.Read(odd, oddLimbs);
        var inverse = new ulong[ring.LimbCount];
        ring.Invert(oddLimbs, inverse);
        var multiple = new ulong[ring.LimbCount];
        ring.Multiply(difference, inverse, multiple);
        if (twos % LimbNumber.LimbBits != 0)
        {
            multiple[^1] &= (1UL << (twos % LimbNumber.LimbBits)) - 1;
        }

        // value + odd * multiple is below the modulus, so nothing overflows the limbs.
        for (int i = 0; i < multiple.Length; i++)
        {
            ulong carry = 0;
            for (int j = 0; j + i < value.Length; j++)
            {
                value[i + j] = LimbMath.MultiplyAdd(multiple[i], oddLimbs[j], value[i + j], ref carry);
            }
        }
    }

    /// <summary>Fixed-window exponentiation: one squaring per bit of the exponent, and one product per window; the exponent is not zero.</summary>
    private static ulong[] Raise<TRing>(TRing ring, ReadOnlySpan<ulong> number, ReadOnlySpan<byte> exponent)
        where TRing : struct, IResidueRing
    {
        int width = WindowBits(exponent.Length);
        int limbCount = ring.LimbCount;
        var powers = new ulong[limbCount << width]; // entry 0 is never used
        number.CopyTo(powers.AsSpan(limbCount));
        for (int i = 2; i < 1 << width; i++)
        {
            ring.Multiply(powers.AsSpan((i - 1) * limbCount, limbCount), number, powers.AsSpan(i * limbCount, limbCount));
        }

        var digits = Digits(exponent, width);
        var value = powers.AsSpan(digits[0] * limbCount, limbCount).ToArray();
        var next = new ulong[limbCount];
        foreach (byte digit in digits[1..])
        {
            for (int i = 0; i < width; i++)
            {
                ring.Multiply(value, value, next);
                (value, next) = (next, value);
            }

            if (digit != 0)
            {
                ring.Multiply(value, powers.AsSpan(digit * limbCount, limbCount), next);
                (value, next) = (next, value);
            }
        }

        return value;
    }

    /// <summary>Splits the exponent into digits of <paramref name="width"/> bits, highest first, without leading zeros.</summary>
    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> exponent, int width)
    {
        byte[] digits = new byte[exponent.Length * WordBits / width];
        for (int i = 0; i < digits.Length; i++)
        {
            int bit = i * width;
            digits[i] = (byte)((exponent[bit / WordBits] >> (WordBits - width - (bit % WordBits))) & ((1 << width) - 1));
        }

        return digits.AsSpan().TrimStart((byte)0);
    }

    /// <summary>Widths divide a byte; a wider window pays off its table for a longer exponent.</summary>
    private static int WindowBits(int exponentBytes) => exponentBytes switch
    {
        <= 2 => 1,
        <= 16 => 2,
        <= 512 => 4,
        _ => 8,
    };
}
