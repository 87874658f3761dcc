using Mempulse.Evm.BlockProcessing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>An executed block of a chain.</summary>
/// <param name="Block">The block.</param>
/// <param name="Executable">The input of the executor.</param>
/// <param name="Hashes">The transaction hashes.</param>
/// <param name="Execution">The result.</param>
/// <param name="After">The block with its post-state.</param>
internal sealed record ExecutedBlock(
    RawBlock Block, ExecutableBlock Executable, IReadOnlyList<Hash256> Hashes, BlockExecution.Executed Execution, ChainPoint After)
{
    public ChainPoint Before => After.Parent!;
}
