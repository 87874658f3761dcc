using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Blocks;

/// <summary>What execution may know of the block it runs in, all of it taken from the header.</summary>
public sealed record BlockEnv
{
    /// <summary>The rules of the fork the block belongs to.</summary>
    public required ForkRules Rules { get; init; }

    /// <summary>Chain id.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Height.</summary>
    public required ulong Number { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required ulong Timestamp { get; init; }

    /// <summary>Who gets the fees.</summary>
    public required Address Coinbase { get; init; }

    /// <summary>Most gas of the block.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Wei per gas (EIP-1559); zero before London.</summary>
    public UInt256 BaseFee { get; init; }

    /// <summary>Difficulty; from Paris on <see cref="PrevRandao"/> stands in its place.</summary>
    public UInt256 Difficulty { get; init; }

    /// <summary>The beacon chain's randomness (EIP-4399).</summary>
    public Hash256 PrevRandao { get; init; }

    /// <summary>Excess blob gas (EIP-4844); zero before Cancun.</summary>
    public ulong ExcessBlobGas { get; init; }

    /// <summary>Wei per blob gas, which follows from <see cref="ExcessBlobGas"/>.</summary>
    public UInt256 BlobBaseFee => BlobFee.Of(ExcessBlobGas, Rules.Blobs);

    /// <summary>The surroundings that a header gives.</summary>
    /// <param name="header">The block's own header.</param>
    /// <param name="rules">The rules that hold in it.</param>
    /// <param name="chainId">Chain id.</param>
    public static BlockEnv Of(BlockHeader header, ForkRules rules, ulong chainId) => new()
    {
        Rules = rules,
        ChainId = chainId,
        Number = header.Number.Value,
        Timestamp = header.TimestampSeconds,
        Coinbase = header.FeeRecipient,
        GasLimit = header.GasLimit.Value,
        BaseFee = header.BaseFeePerGas?.Value ?? default,
        Difficulty = header.Difficulty,
        PrevRandao = header.MixHash,
        ExcessBlobGas = header.ExcessBlobGas?.Value ?? 0,
    };
}
