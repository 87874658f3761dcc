using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Transactions;

/// <summary>Initialises the warm accounts and slots of a transaction (EIP-2929, EIP-2930, EIP-3651).</summary>
internal static class Warming
{
    /// <summary>Warms precompiles, sender, recipient, coinbase (since Shanghai) and the access list.</summary>
    public static void Apply(BlockEnv block, EvmTransaction transaction, WorldState state)
    {
        state.WarmPrecompiles(block.Rules);
        state.WarmAccount(state.Get(transaction.Sender));
        if (transaction.Recipient is { } recipient)
        {
            state.WarmAccount(state.Get(recipient));
        }

        if (block.Rules.WarmsCoinbase)
        {
            state.WarmAccount(state.Get(block.Coinbase));
        }

        for (int i = 0; i < transaction.AccessList.Count; i++)
        {
            WarmEntry(transaction.AccessList[i], state);
        }
    }

    private static void WarmEntry(AccessListEntry entry, WorldState state)
    {
        var account = state.Get(entry.Account);
        state.WarmAccount(account);
        for (int i = 0; i < entry.StorageKeys.Count; i++)
        {
            state.WarmSlot(state.SlotIndex(account, AddressWord.ToWord(entry.StorageKeys[i])));
        }
    }
}
