using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>The block environment of a bundle.</summary>
/// <param name="BaseHash">Hash of the base block, whose post-state the bundle executes on.</param>
/// <param name="Fork">The active fork.</param>
/// <param name="ChainId">Chain id.</param>
/// <param name="Number">Block number.</param>
/// <param name="Timestamp">Block time in Unix seconds.</param>
/// <param name="Coinbase">Fee recipient.</param>
/// <param name="GasLimit">Block gas limit.</param>
/// <param name="BaseFee">Base fee in wei per gas (EIP-1559).</param>
/// <param name="Difficulty">Difficulty; zero since the Merge.</param>
/// <param name="PrevRandao">The RANDAO value (EIP-4399).</param>
/// <param name="ExcessBlobGas">Excess blob gas (EIP-4844).</param>
public sealed record SimBlock(
    Hash256 BaseHash,
    Fork Fork,
    ulong ChainId,
    ulong Number,
    ulong Timestamp,
    Address Coinbase,
    ulong GasLimit,
    UInt256 BaseFee,
    UInt256 Difficulty,
    Hash256 PrevRandao,
    ulong ExcessBlobGas)
{
    /// <summary>Seconds per slot since the Merge.</summary>
    public const ulong SlotSeconds = 12;

    /// <summary>Whether the system calls at the start of the block run before the bundle.</summary>
    public BlockStart Start { get; init; }

    /// <summary>The beacon root that EIP-4788 stores at the start of the block; null when unknown, and then the call is skipped.</summary>
    public Hash256? ParentBeaconRoot { get; init; }

    /// <summary>Number of the base block.</summary>
    public ulong BaseNumber { get; init; }

    /// <summary>Caps the excess, to bound the exponentiation; the blob fee exceeds 2^256 wei well below it.</summary>
    private const ulong MaxExcessBlobGas = 1UL << 32;

    /// <summary>Returns the block after <paramref name="header"/>, one slot later, with the bundle at its start.</summary>
    /// <remarks>
    /// Base fee and excess blob gas are those that follow from the header; everything else is copied from it. The parent's hash is stored (EIP-2935). Only
    /// the consensus layer knows the parent beacon root; see <see cref="ParentBeaconRoot"/>.
    /// </remarks>
    public static SimBlock After(BlockHeader header, ulong chainId, Fork fork) => new(
        header.ComputeHash(),
        fork,
        chainId,
        header.Number.Value + 1,
        header.TimestampSeconds + SlotSeconds,
        header.FeeRecipient,
        header.GasLimit.Value,
        NextFees.BaseFee(header, ForkHistory.Of(fork)),
        header.Difficulty,
        header.MixHash,
        NextFees.ExcessBlobGas(header, ForkHistory.Of(fork)))
    {
        BaseNumber = header.Number.Value,
        Start = BlockStart.SystemCalls,
    };

    /// <summary>Returns a block with the number, time and fees of <paramref name="header"/>, on top of its post-state.</summary>
    public static SimBlock At(BlockHeader header, ulong chainId, Fork fork) => After(header, chainId, fork) with
    {
        Number = header.Number.Value,
        Timestamp = header.TimestampSeconds,
        BaseFee = header.BaseFeePerGas?.Value ?? default,
        ExcessBlobGas = header.ExcessBlobGas?.Value ?? 0,
        Start = BlockStart.Begun,
    };

    /// <summary>Converts to the block environment of the EVM.</summary>
    public BlockEnv ToEnv() => new()
    {
        Rules = ForkHistory.Of(Fork),
        ChainId = ChainId,
        Number = Number,
        Timestamp = Timestamp,
        Coinbase = Coinbase,
        GasLimit = GasLimit,
        BaseFee = BaseFee,
        Difficulty = Difficulty,
        PrevRandao = PrevRandao,
        ExcessBlobGas = Math.Min(ExcessBlobGas, MaxExcessBlobGas),
    };
}
