using System.Numerics;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x05: modular exponentiation of numbers of any length (EIP-198).</summary>
internal sealed class ModExp : IPrecompile
{
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => ModExpGas.For(new ModExpInput(input), rules.ModExpPricing);

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        var lengths = new ModExpInput(input);
        int modulusLength = (int)lengths.ModulusLength.LowUInt64;
        var result = output.Fill(modulusLength);
        result.Clear();
        if (modulusLength == 0)
        {
            return true;
        }

        // Lengths that gas could be paid for fit an int; what the input lacks are zeros.
        var value = Number(input, 0, (int)lengths.BaseLength.LowUInt64);
        var exponent = Number(input, (int)lengths.BaseLength.LowUInt64, (int)lengths.ExponentLength.LowUInt64);
        var modulus = Number(input, (int)(lengths.BaseLength.LowUInt64 + lengths.ExponentLength.LowUInt64), modulusLength);
        if (!modulus.IsZero && !modulus.IsOne)
        {
            var power = BigInteger.ModPow(value, exponent, modulus);
            power.TryWriteBytes(result[(modulusLength - power.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
        }

        return true;
    }

    private static BigInteger Number(ReadOnlySpan<byte> input, int offset, int length)
    {
        long at = (long)ModExpInput.HeaderBytes + offset;
        if (at >= input.Length)
        {
            return BigInteger.Zero;
        }

        var bytes = input[(int)at..];
        if (bytes.Length >= length)
        {
            return new BigInteger(bytes[..length], isUnsigned: true, isBigEndian: true);
        }

        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true) << (8 * (length - bytes.Length));
    }
}
