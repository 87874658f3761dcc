using Mempulse.Evm.BlockProcessing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>A block of a chain, executed.</summary>
/// <param name="Block">The block.</param>
/// <param name="Executable">What was executed.</param>
/// <param name="Hashes">The hashes of its transactions.</param>
/// <param name="Execution">What came out.</param>
/// <param name="After">The block with the state after it.</param>
internal sealed record ExecutedBlock(
    RawBlock Block, ExecutableBlock Executable, IReadOnlyList<Hash256> Hashes, BlockExecution.Executed Execution, ChainPoint After)
{
    public ChainPoint Before => After.Parent!;
}
