using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>A block prepared for execution: the block environment, and the body with recovered senders.</summary>
public sealed record ExecutableBlock
{
    /// <summary>The block environment that transactions can read.</summary>
    public required BlockEnv Env { get; init; }

    /// <summary>Hash of the parent, stored by EIP-2935.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Root of the parent beacon block (EIP-4788); null before Cancun.</summary>
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>The transactions in order.</summary>
    public required IReadOnlyList<EvmTransaction> Transactions { get; init; }

    /// <summary>The ommer headers; empty since the Merge.</summary>
    public IReadOnlyList<BlockHeader> Ommers { get; init; } = [];

    /// <summary>The withdrawals (EIP-4895); empty before Shanghai.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals { get; init; } = [];

    /// <summary>The deposit contract (EIP-6110). Default: that of mainnet.</summary>
    public Address DepositContract { get; init; } = Eip6110.MainnetContract;

    /// <summary>Creates a block without ommers and withdrawals.</summary>
    /// <param name="header">The header.</param>
    /// <param name="rules">The fork rules of the block: <see cref="ForkHistory.Of"/>; for mainnet with <see cref="Ethereum.Forks.MainnetForks.At"/>.</param>
    /// <param name="chainId">Chain id.</param>
    /// <param name="transactions">The transactions, as <see cref="EvmTransactionReader"/> returns them.</param>
    public static ExecutableBlock Of(BlockHeader header, ForkRules rules, ulong chainId, IReadOnlyList<EvmTransaction> transactions) => new()
    {
        Env = BlockEnv.Of(header, rules, chainId),
        ParentHash = header.ParentHash,
        ParentBeaconBlockRoot = header.ParentBeaconBlockRoot,
        Transactions = transactions,
    };
}
