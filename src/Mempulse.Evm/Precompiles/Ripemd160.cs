using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Org.BouncyCastle.Crypto.Digests;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x03: RIPEMD-160, left-padded to a word. Yellow Paper, appendix E.1.3.</summary>
internal sealed class Ripemd160 : IPrecompile
{
    private const long BaseGas = 600;
    private const long WordGas = 120;
    private const int PaddingBytes = 12;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => BaseGas + (WordGas * ((input.Length + 31L) / 32));

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        var digest = new RipeMD160Digest();
        digest.BlockUpdate(input);
        var word = output.Fill(PaddingBytes + digest.GetDigestSize());
        word[..PaddingBytes].Clear();
        digest.DoFinal(word[PaddingBytes..]);
        return true;
    }
}
