using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>A contract that every node has built in. Yellow Paper, appendix E.</summary>
/// <remarks>Without state; never throws, whatever the input.</remarks>
internal interface IPrecompile
{
    /// <summary>Gas for this input; <see cref="long.MaxValue"/> stands for more than anybody has.</summary>
    long GasFor(ReadOnlySpan<byte> input, ForkRules rules);

    /// <summary>Computes; false when the input is refused, which costs the caller all the gas it gave.</summary>
    bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output);
}
