using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The calls that the protocol itself makes before and after the transactions of a block.</summary>
/// <remarks>Every step does nothing in forks that do not have it.</remarks>
internal static class SystemCalls
{
    /// <summary>Gas of each call; it does not count against the block.</summary>
    private const long Gas = 30_000_000;

    /// <summary>SYSTEM_ADDRESS, the same in all EIPs.</summary>
    public static Address Caller { get; } = Address.Parse("0xfffffffffffffffffffffffffffffffffffffffe");

    /// <summary>Before the first transaction: the parent's beacon root (EIP-4788) and hash (EIP-2935) are stored. That a call fails means nothing.</summary>
    public static void Begin(EvmExecutor executor, BlockEnv block, Hash256? parentBeaconRoot, Hash256 parentHash, WorldState state)
    {
        if (block.Rules.Has(Fork.Cancun) && parentBeaconRoot is { } root)
        {
            executor.ExecuteSystemCall(block, Caller, Eip4788.Contract, root.ToArray(), Gas, state);
        }

        if (block.Rules.Has(Fork.Prague))
        {
            executor.ExecuteSystemCall(block, Caller, Eip2935.Contract, parentHash.ToArray(), Gas, state);
        }
    }

    /// <summary>At the end: the requests that the queues give out, withdrawals (EIP-7002) first, consolidations (EIP-7251) second.</summary>
    /// <returns>The contract that is not there or failed; null if none did.</returns>
    public static Address? TakeRequests(EvmExecutor executor, ExecutableBlock block, WorldState state, BlockRequests requests)
    {
        if (!block.Env.Rules.Has(Fork.Prague))
        {
            return null;
        }

        return TryTake(executor, block, state, Eip7002.Contract, Eip7002.RequestType, requests)
            ?? TryTake(executor, block, state, Eip7251.Contract, Eip7251.RequestType, requests);
    }

    private static Address? TryTake(
        EvmExecutor executor, ExecutableBlock block, WorldState state, in Address contract, byte type, BlockRequests requests)
    {
        if (state.CodeOf(contract).Length == 0 || executor.ExecuteSystemCall(block.Env, Caller, contract, [], Gas, state) is not { } content)
        {
            return contract;
        }

        requests.Add(type, content.Span);
        return null;
    }
}
