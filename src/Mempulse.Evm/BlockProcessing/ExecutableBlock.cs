using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>A block as execution takes it: what its header says of the surroundings, and its body with senders known.</summary>
public sealed record ExecutableBlock
{
    /// <summary>What transactions may know of it.</summary>
    public required BlockEnv Env { get; init; }

    /// <summary>The block before it (EIP-2935).</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>The beacon chain's root (EIP-4788); null before Cancun.</summary>
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>Its transactions, in order.</summary>
    public required IReadOnlyList<EvmTransaction> Transactions { get; init; }

    /// <summary>Headers of its uncles; none since the merge.</summary>
    public IReadOnlyList<BlockHeader> Ommers { get; init; } = [];

    /// <summary>Its withdrawals (EIP-4895); none before Shanghai.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals { get; init; } = [];

    /// <summary>Whose logs are deposits (EIP-6110).</summary>
    public Address DepositContract { get; init; } = Eip6110.MainnetContract;

    /// <summary>The block of this header and body.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="rules">The rules that hold in it: <see cref="ForkHistory.Of"/>, of mainnet with <see cref="Ethereum.Forks.MainnetForks.At"/>.</param>
    /// <param name="chainId">Chain id.</param>
    /// <param name="transactions">Its transactions as <see cref="EvmTransactionReader"/> reads them.</param>
    public static ExecutableBlock Of(BlockHeader header, ForkRules rules, ulong chainId, IReadOnlyList<EvmTransaction> transactions) => new()
    {
        Env = BlockEnv.Of(header, rules, chainId),
        ParentHash = header.ParentHash,
        ParentBeaconBlockRoot = header.ParentBeaconBlockRoot,
        Transactions = transactions,
    };
}
