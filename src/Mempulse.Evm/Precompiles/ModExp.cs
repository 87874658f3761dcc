using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Precompiles.Powers;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x05: MODEXP, modular exponentiation of numbers of any length (EIP-198).</summary>
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

        // Lengths whose gas can be paid fit an int; input beyond the end reads as zeros.
        int baseLength = (int)lengths.BaseLength.LowUInt64;
        int exponentLength = (int)lengths.ExponentLength.LowUInt64;
        var modulus = Number(input, (long)baseLength + exponentLength, modulusLength);
        if (modulus.TrimStart((byte)0) is not [] and not [1])
        {
            ModularPower.Raise(Number(input, 0, baseLength), Number(input, baseLength, exponentLength), modulus, result);
        }

        return true;
    }

    private static ReadOnlySpan<byte> Number(ReadOnlySpan<byte> input, long offset, int length)
    {
        int at = (int)Math.Min(ModExpInput.HeaderBytes + offset, input.Length);
        if (input.Length - at >= length)
        {
            return input.Slice(at, length);
        }

        byte[] padded = new byte[length];
        input[at..].CopyTo(padded);
        return padded;
    }
}
