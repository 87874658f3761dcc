using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>A precompiled contract. Yellow Paper, appendix E.</summary>
/// <remarks>Stateless. Never throws for any input whose gas is paid.</remarks>
internal interface IPrecompile
{
    /// <summary>Returns the gas for this input; <see cref="long.MaxValue"/> means that it cannot be paid.</summary>
    long GasFor(ReadOnlySpan<byte> input, ForkRules rules);

    /// <summary>Computes the output; false when the input is invalid, which consumes all gas of the call.</summary>
    bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output);
}
