using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x04: IDENTITY, returns its input. Yellow Paper, appendix E.1.4.</summary>
internal sealed class Identity : IPrecompile
{
    private const long BaseGas = 15;
    private const long WordGas = 3;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => BaseGas + (WordGas * ((input.Length + 31L) / 32));

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        output.Set(input);
        return true;
    }
}
