using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>What a block does besides its transactions: system calls before and after them, and withdrawals.</summary>
/// <remarks>Every step does nothing in forks that do not have it. Confined to the thread of its executor.</remarks>
public sealed class BlockProcessor(EvmExecutor executor)
{
    private const ulong WeiPerGwei = 1_000_000_000;

    /// <summary>Before the first transaction: the parent's beacon root (EIP-4788) and hash (EIP-2935) are stored.</summary>
    /// <param name="block">The block.</param>
    /// <param name="state">Its state.</param>
    /// <param name="parentBeaconRoot">From the header; null before Cancun.</param>
    /// <param name="parentHash">From the header.</param>
    public void Begin(BlockEnv block, WorldState state, Hash256? parentBeaconRoot, Hash256 parentHash)
    {
        if (block.Rules.Has(Fork.Cancun) && parentBeaconRoot is { } root)
        {
            executor.ExecuteSystemCall(block, SystemCall.Caller, SystemCall.BeaconRoots, root.ToArray(), SystemCall.Gas, state);
        }

        if (block.Rules.Has(Fork.Prague))
        {
            executor.ExecuteSystemCall(block, SystemCall.Caller, SystemCall.BlockHashes, parentHash.ToArray(), SystemCall.Gas, state);
        }
    }

    /// <summary>After the last transaction: balances of withdrawals rise (EIP-4895).</summary>
    public static void Withdraw(BlockEnv block, WorldState state, IReadOnlyList<Withdrawal> withdrawals)
    {
        if (block.Rules.Has(Fork.Shanghai))
        {
            state.BeginTransaction();
            for (int i = 0; i < withdrawals.Count; i++)
            {
                state.AddBalance(state.Get(withdrawals[i].Recipient), (UInt256)withdrawals[i].AmountGwei * WeiPerGwei);
            }

            state.EndTransaction(block.Rules);
        }
    }

    /// <summary>At the end: the requests that the queues give out, withdrawals (EIP-7002) first, consolidations (EIP-7251) second; empty before Prague.</summary>
    /// <remarks>Deposits (EIP-6110) are read from logs and are no call.</remarks>
    public IReadOnlyList<ReadOnlyMemory<byte>> TakeRequests(BlockEnv block, WorldState state)
    {
        if (!block.Rules.Has(Fork.Prague))
        {
            return [];
        }

        return
        [
            executor.ExecuteSystemCall(block, SystemCall.Caller, SystemCall.WithdrawalRequests, [], SystemCall.Gas, state),
            executor.ExecuteSystemCall(block, SystemCall.Caller, SystemCall.ConsolidationRequests, [], SystemCall.Gas, state),
        ];
    }
}
