using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>Executes whole blocks: what the protocol does before and after them, and their transactions in order.</summary>
/// <remarks>
/// Of a header only what transactions may see is believed (<see cref="ExecutableBlock.Env"/>); what it commits to is computed, for the caller
/// to compare. The state after the block is in the <see cref="WorldState"/>: its images, and through <see cref="MerkleState"/> its root.
/// Confined to the thread of its executor.
/// </remarks>
/// <param name="executor">Executes the transactions.</param>
public sealed class BlockExecutor(EvmExecutor executor)
{
    /// <summary>Executes <paramref name="block"/> on the state of its parent. Receipts before Byzantium lack the roots they hold.</summary>
    public BlockExecution Execute(ExecutableBlock block, WorldState state) => Run(block, state, null);

    /// <summary>The same; the receipts of blocks before Byzantium get their roots from <paramref name="roots"/>.</summary>
    public BlockExecution Execute(ExecutableBlock block, WorldState state, IStateRootSource roots) => Run(block, state, roots);

    /// <summary>Only what the protocol does before the first transaction: the parent's beacon root (EIP-4788) and hash (EIP-2935) are stored.</summary>
    /// <param name="block">The block.</param>
    /// <param name="parentBeaconRoot">From its header; null before Cancun.</param>
    /// <param name="parentHash">From its header.</param>
    /// <param name="state">The state of its parent.</param>
    public void Begin(BlockEnv block, Hash256? parentBeaconRoot, Hash256 parentHash, WorldState state) =>
        SystemCalls.Begin(executor, block, parentBeaconRoot, parentHash, state);

    private BlockExecution Run(ExecutableBlock block, WorldState state, IStateRootSource? roots)
    {
        if (BlockRewards.FindInvalidOmmer(block) is var ommer && ommer >= 0)
        {
            return new BlockExecution.InvalidOmmer(ommer);
        }

        BlockRewards.DrainDao(block, state);
        Begin(block.Env, block.ParentBeaconBlockRoot, block.ParentHash, state);
        if (state.Gap is { } before)
        {
            return new BlockExecution.StateMissing(before, null);
        }

        var run = new BlockRun(block, block.Env.Rules.Has(Fork.Byzantium) ? null : roots);
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            if (run.Execute(executor, i, state) is { } failure)
            {
                return failure;
            }
        }

        run.TakeDeposits();
        BlockRewards.Pay(block, state);
        if (SystemCalls.TakeRequests(executor, block, state, run.Requests) is { } failed && state.Gap is null)
        {
            return new BlockExecution.SystemCallFailed(failed);
        }

        return state.Gap is { } gap ? new BlockExecution.StateMissing(gap, null) : run.Finish();
    }
}
