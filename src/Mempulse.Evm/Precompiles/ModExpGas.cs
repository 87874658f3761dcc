using System.Numerics;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Precompiles;

/// <summary>The three gas formulas of MODEXP: EIP-198, EIP-2565, EIP-7883.</summary>
internal static class ModExpGas
{
    private const int WordBytes = 32;
    private const int WordBits = 8;

    /// <summary>GQUADDIVISOR of EIP-198.</summary>
    private const int ByzantiumDivisor = 20;

    /// <summary>
    /// Returns the gas; <see cref="long.MaxValue"/> for lengths above the limit of EIP-7823, for a result that exceeds the memory of a run, and for any
    /// greater cost.
    /// </summary>
    public static long For(in ModExpInput input, ModExpPricing pricing)
    {
        bool isTooLong = pricing == ModExpPricing.Osaka && (IsTooLong(input.BaseLength) || IsTooLong(input.ExponentLength) || IsTooLong(input.ModulusLength));
        if (isTooLong || input.ModulusLength > (ulong)RunContext.MaxMemoryBytes)
        {
            return long.MaxValue;
        }

        var longest = Big(input.BaseLength > input.ModulusLength ? input.BaseLength : input.ModulusLength);
        var iterations = Iterations(input, pricing == ModExpPricing.Osaka ? Eip7883.LongExponentMultiplier : WordBits);
        var gas = pricing switch
        {
            ModExpPricing.Byzantium => ByzantiumComplexity(longest) * iterations / ByzantiumDivisor,
            ModExpPricing.Berlin => BigInteger.Max(Eip2565.MinGas, Squared(longest) * iterations / Eip2565.Divisor),
            _ => BigInteger.Max(Eip7883.MinGas, OsakaComplexity(longest) * iterations),
        };
        return gas > long.MaxValue ? long.MaxValue : (long)gas;
    }

    private static bool IsTooLong(in UInt256 length) => length > (ulong)Eip7823.MaxOperandBytes;

    /// <summary>The iteration count: ADJUSTED_EXPONENT_LENGTH of EIP-198, at least one.</summary>
    private static BigInteger Iterations(in ModExpInput input, long perByte)
    {
        var head = input.ExponentHead();
        int headBits = Math.Max(0, head.BitLength - 1);
        if (input.ExponentLength <= (ulong)WordBytes)
        {
            return BigInteger.Max(1, headBits);
        }

        return BigInteger.Max(1, (perByte * (Big(input.ExponentLength) - WordBytes)) + headBits);
    }

    /// <summary>Multiplication complexity of EIP-198.</summary>
    private static BigInteger ByzantiumComplexity(BigInteger bytes)
    {
        if (bytes <= 64)
        {
            return bytes * bytes;
        }

        return bytes <= 1024
            ? (bytes * bytes / 4) + (96 * bytes) - 3072
            : (bytes * bytes / 16) + (480 * bytes) - 199_680;
    }

    /// <summary>Multiplication complexity of EIP-2565: the number of 8-byte words, squared.</summary>
    private static BigInteger Squared(BigInteger bytes)
    {
        var words = (bytes + 7) / 8;
        return words * words;
    }

    /// <summary>Multiplication complexity of EIP-7883.</summary>
    private static BigInteger OsakaComplexity(BigInteger bytes) =>
        bytes <= Eip7883.SmallOperandBytes ? Eip7883.SmallComplexity : 2 * Squared(bytes);

    private static BigInteger Big(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
