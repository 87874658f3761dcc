using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>Balance changes outside of transactions: the DAO fork, mining rewards, withdrawals.</summary>
internal static class BlockRewards
{
    private const ulong WeiPerGwei = 1_000_000_000;

    /// <summary>Applies the DAO fork before the first transaction of its block (EIP-779); does nothing in any other block.</summary>
    public static void DrainDao(ExecutableBlock block, WorldState state)
    {
        if (block.Env.Number != block.Env.Rules.DaoForkBlock)
        {
            return;
        }

        state.BeginTransaction();
        var refund = state.Get(Eip779.Refund);
        for (int i = 0; i < Eip779.Drained.Count; i++)
        {
            var drained = state.Get(Eip779.Drained[i]);
            state.AddBalance(refund, drained.Balance);
            state.SetBalance(drained, default);
        }

        state.EndTransaction(block.Env.Rules);
    }

    /// <summary>Returns the index of the first ommer that is not older than the block, or more than six generations older; -1 if all are valid.</summary>
    public static int FindInvalidOmmer(ExecutableBlock block)
    {
        for (int i = 0; i < block.Ommers.Count; i++)
        {
            ulong number = block.Ommers[i].Number.Value;
            if (number >= block.Env.Number || block.Env.Number - number > FrontierReward.MaxOmmerDistance)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Pays block and ommer rewards (Yellow Paper, section 11.3) and withdrawals (EIP-4895), after the last transaction.</summary>
    public static void Pay(ExecutableBlock block, WorldState state)
    {
        state.BeginTransaction();
        var reward = block.Env.Rules.BlockReward;
        if (!reward.IsZero)
        {
            PayMiners(block, reward, state);
        }

        for (int i = 0; i < block.Withdrawals.Count; i++)
        {
            state.AddBalance(state.Get(block.Withdrawals[i].Recipient), (UInt256)block.Withdrawals[i].AmountGwei * WeiPerGwei);
        }

        state.EndTransaction(block.Env.Rules);
    }

    private static void PayMiners(ExecutableBlock block, in UInt256 reward, WorldState state)
    {
        for (int i = 0; i < block.Ommers.Count; i++)
        {
            ulong parts = FrontierReward.OmmerParts + block.Ommers[i].Number.Value - block.Env.Number;
            UInt256.Divide(reward * parts, FrontierReward.OmmerParts, out var share);
            state.AddBalance(state.Get(block.Ommers[i].FeeRecipient), share);
        }

        UInt256.Divide(reward, FrontierReward.NephewDivisor, out var nephew);
        state.AddBalance(state.Get(block.Env.Coinbase), reward + (nephew * (ulong)block.Ommers.Count));
    }
}
