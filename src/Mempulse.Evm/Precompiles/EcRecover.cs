using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x01: ECRECOVER, the address that signed a hash; empty output when recovery fails. Yellow Paper, appendix E.1.1.</summary>
internal sealed class EcRecover(ISenderRecovery recovery) : IPrecompile
{
    private const long Gas = 3_000;
    private const int InputBytes = 128;
    private const ulong FirstV = 27;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Gas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        Span<byte> padded = stackalloc byte[InputBytes];
        padded.Clear();
        input[..Math.Min(input.Length, InputBytes)].CopyTo(padded);
        var v = UInt256.FromBigEndian(padded.Slice(32, 32));
        if (v != FirstV && v != FirstV + 1)
        {
            output.Clear();
            return true;
        }

        var signature = new EcdsaSignature(
            UInt256.FromBigEndian(padded.Slice(64, 32)), UInt256.FromBigEndian(padded.Slice(96, 32)), (byte)(v.LowUInt64 - FirstV));
        if (!recovery.TryRecover(new Hash256(padded[..32]), signature, out var signer))
        {
            output.Clear();
            return true;
        }

        var word = output.Fill(UInt256.Size);
        word.Clear();
        signer.CopyTo(word[(UInt256.Size - Address.Size)..]);
        return true;
    }
}
