using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>The block a bundle is executed in; everything in it follows from the base block.</summary>
/// <param name="BaseHash">The block whose state the bundle finds.</param>
/// <param name="Fork">The rules that hold.</param>
/// <param name="ChainId">Chain id.</param>
/// <param name="Number">Height.</param>
/// <param name="Timestamp">Seconds since 1970.</param>
/// <param name="Coinbase">Who gets the fees.</param>
/// <param name="GasLimit">Most gas of the block.</param>
/// <param name="BaseFee">Wei per gas.</param>
/// <param name="Difficulty">Zero since the merge.</param>
/// <param name="PrevRandao">EIP-4399.</param>
/// <param name="ExcessBlobGas">EIP-4844, in gas.</param>
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
    /// <summary>Seconds between two blocks since the merge.</summary>
    public const ulong SlotSeconds = 12;

    /// <summary>Whether the protocol's own calls at the start of the block come before the bundle.</summary>
    public BlockStart Start { get; init; }

    /// <summary>The beacon root that EIP-4788 stores at the start; null where nobody told it, and then nothing is stored.</summary>
    public Hash256? ParentBeaconRoot { get; init; }

    /// <summary>The base block's height.</summary>
    public ulong BaseNumber { get; init; }

    /// <summary>Above any excess that matters: the blob fee is at 2^256 long before.</summary>
    private const ulong MaxExcessBlobGas = 1UL << 32;

    /// <summary>The block after <paramref name="header"/>: one slot later, with the base fee and the blob fee that follow, all else the same; the bundle is at its start.</summary>
    /// <remarks>The parent's hash is stored (EIP-2935). Its beacon root is known to the consensus layer alone: see <see cref="ParentBeaconRoot"/>.</remarks>
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

    /// <summary>The same block over again: the bundle finds the state after it, but its number, time and fees.</summary>
    public static SimBlock At(BlockHeader header, ulong chainId, Fork fork) => After(header, chainId, fork) with
    {
        Number = header.Number.Value,
        Timestamp = header.TimestampSeconds,
        BaseFee = header.BaseFeePerGas?.Value ?? default,
        ExcessBlobGas = header.ExcessBlobGas?.Value ?? 0,
        Start = BlockStart.Begun,
    };

    /// <summary>The block as execution takes it.</summary>
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
