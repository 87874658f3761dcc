using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>Executes whole blocks: system calls, transactions in order, rewards and withdrawals.</summary>
/// <remarks>
/// Uses only the header fields that transactions can read (<see cref="ExecutableBlock.Env"/>); it computes the header's commitments and the caller
/// compares them. The post-state is in the <see cref="WorldState"/>: its images, and its root through <see cref="MerkleState"/>. Confined to the
/// thread of its executor.
/// </remarks>
/// <param name="executor">Executes the transactions.</param>
public sealed class BlockExecutor(EvmExecutor executor)
{
    /// <summary>Executes <paramref name="block"/> on the state of its parent. Receipts before Byzantium lack their state roots.</summary>
    public BlockExecution Execute(ExecutableBlock block, WorldState state) => Run(block, state, null);

    /// <summary>Executes <paramref name="block"/> on its parent's state; <paramref name="roots"/> supplies the state roots of pre-Byzantium receipts.</summary>
    public BlockExecution Execute(ExecutableBlock block, WorldState state, IStateRootSource roots) => Run(block, state, roots);

    /// <summary>Runs only the system calls before the first transaction, which store the parent beacon root (EIP-4788) and parent hash (EIP-2935).</summary>
    /// <param name="block">The block.</param>
    /// <param name="parentBeaconRoot">The header's parent beacon block root; null before Cancun, or if unknown.</param>
    /// <param name="parentHash">The header's parent hash.</param>
    /// <param name="state">The state of the parent.</param>
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

        run.AddDepositRequests();
        BlockRewards.Pay(block, state);
        if (SystemCalls.CollectRequests(executor, block, state, run.Requests) is { } failed && state.Gap is null)
        {
            return new BlockExecution.SystemCallFailed(failed);
        }

        return state.Gap is { } gap ? new BlockExecution.StateMissing(gap, null) : run.Finish();
    }
}
