using System.Security.Cryptography;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x02: SHA-256. Yellow Paper, appendix E.1.2.</summary>
internal sealed class Sha256 : IPrecompile
{
    private const long BaseGas = 60;
    private const long WordGas = 12;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => BaseGas + (WordGas * ((input.Length + 31L) / 32));

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        SHA256.HashData(input, output.Fill(SHA256.HashSizeInBytes));
        return true;
    }
}
