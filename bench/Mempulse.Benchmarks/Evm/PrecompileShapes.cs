using System.Buffers.Binary;
using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Inputs that the vectors lack, where prices are weakest: short ones, moduli of every kind, few rounds.</summary>
internal static class PrecompileShapes
{
    private const int Blake2FBytes = 213;

    /// <summary>Lengths in bytes of base and modulus, and of the exponent: those of known attacks on prices, and their neighbours.</summary>
    private static readonly (int Base, int Exponent, int Modulus)[] ModExpLengths =
    [
        (1, 1, 1), (8, 1, 8), (8, 32, 8), (8, 896, 8), (8, 8, 8), (16, 320, 16), (24, 168, 24), (32, 1, 32), (32, 32, 32), (32, 96, 32), (40, 64, 40), (56, 32, 56), (64, 4, 64), (64, 512, 64), (128, 3, 128),
        (128, 128, 128), (192, 3, 192), (256, 1, 256), (256, 3, 256), (256, 256, 256), (512, 1, 512), (512, 512, 512), (1024, 1, 8), (1024, 1, 1024), (1024, 64, 1024), (8, 1, 1024), (8, 32, 1024), (2048, 1, 2048),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<PrecompileCase> All()
    {
        foreach (int length in new[] { 0, 1, 32, 55, 64, 128, 4096, 65536 })
        {
            byte[] input = Filled(length);
            yield return new PrecompileCase(2, "SHA256", Bytes(length), input);
            yield return new PrecompileCase(3, "RIPEMD160", Bytes(length), input);
            yield return new PrecompileCase(4, "IDENTITY", Bytes(length), input);
        }

        foreach (uint rounds in new uint[] { 0, 1, 2, 12, 100, 100_000 })
        {
            byte[] input = Filled(Blake2FBytes);
            BinaryPrimitives.WriteUInt32BigEndian(input, rounds);
            input[^1] = 1;
            yield return new PrecompileCase(9, "BLAKE2F", string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds"), input);
        }

        foreach (var modExp in ModExpLengths.SelectMany(lengths => ModExp(lengths.Base, lengths.Exponent, lengths.Modulus)))
        {
            yield return modExp;
        }
    }

    /// <summary>The same lengths with an odd modulus, an even one, one that is mostly a power of two, and a power of two; all bits of the exponent are set.</summary>
    private static IEnumerable<PrecompileCase> ModExp(int baseBytes, int exponentBytes, int modulusBytes)
    {
        foreach (string kind in new[] { "odd", "even", "half", "power" })
        {
            byte[] modulus = Filled(modulusBytes);
            modulus[0] |= 0x80;
            modulus[^1] = (byte)(kind == "odd" ? modulus[^1] | 1 : (modulus[^1] & 0xfc) | 2);
            switch (kind)
            {
                case "half":
                    modulus.AsSpan(modulusBytes / 2).Clear();
                    break;
                case "power":
                    modulus.AsSpan().Clear();
                    modulus[0] = 0x80;
                    break;
                default:
                    break;
            }

            byte[] exponent = new byte[exponentBytes];
            exponent.AsSpan().Fill(0xff);
            yield return new PrecompileCase(
                5, "MODEXP", string.Create(CultureInfo.InvariantCulture, $"{baseBytes}^{exponentBytes} % {modulusBytes} B, {kind}"),
                [.. Word(baseBytes), .. Word(exponentBytes), .. Word(modulusBytes), .. Filled(baseBytes), .. exponent, .. modulus]);
        }
    }

    private static byte[] Word(int value)
    {
        byte[] word = new byte[UInt256.Size];
        BinaryPrimitives.WriteInt32BigEndian(word.AsSpan(UInt256.Size - sizeof(int)), value);
        return word;
    }

    private static string Bytes(int length) => string.Create(CultureInfo.InvariantCulture, $"{length} B");

    /// <summary>Bytes without a pattern, the same in every run.</summary>
    private static byte[] Filled(int length)
    {
        byte[] bytes = new byte[length];
        uint state = 0x9e3779b9;
        for (int i = 0; i < length; i++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }
}
