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

        // The operands follow each other, and input beyond the end reads as zeros: only the modulus can be cut off without being zero.
        if (lengths.TryLocateModulus(out int baseLength, out int exponentLength))
        {
            var operands = input[ModExpInput.HeaderBytes..];
            var modulus = Padded(operands[(baseLength + exponentLength)..], modulusLength);
            if (modulus.TrimStart((byte)0) is not [] and not [1])
            {
                ModularPower.Raise(operands[..baseLength], operands.Slice(baseLength, exponentLength), modulus, result);
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> Padded(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length >= length)
        {
            return bytes[..length];
        }

        byte[] padded = new byte[length];
        bytes.CopyTo(padded);
        return padded;
    }
}
