using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The system calls before and after the transactions of a block.</summary>
/// <remarks>Each call is skipped in forks before its EIP.</remarks>
internal static class SystemCalls
{
    /// <summary>Gas limit of each system call; not counted towards the block's gas.</summary>
    private const long Gas = 30_000_000;

    /// <summary>SYSTEM_ADDRESS of EIP-4788, EIP-2935, EIP-7002 and EIP-7251.</summary>
    public static Address Caller { get; } = Address.Parse("0xfffffffffffffffffffffffffffffffffffffffe");

    /// <summary>Stores the parent beacon root (EIP-4788) and parent hash (EIP-2935), before the first transaction; a failed call is ignored.</summary>
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

    /// <summary>Dequeues the withdrawal requests (EIP-7002), then the consolidation requests (EIP-7251), after the last transaction.</summary>
    /// <returns>The system contract that has no code or whose call failed; null on success.</returns>
    public static Address? CollectRequests(EvmExecutor executor, ExecutableBlock block, WorldState state, BlockRequests requests)
    {
        if (!block.Env.Rules.Has(Fork.Prague))
        {
            return null;
        }

        return TryCollect(executor, block, state, Eip7002.Contract, Eip7002.RequestType, requests)
            ?? TryCollect(executor, block, state, Eip7251.Contract, Eip7251.RequestType, requests);
    }

    private static Address? TryCollect(
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
