using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Blocks;

/// <summary>The block environment: the header fields that execution can read, and the fork rules.</summary>
public sealed record BlockEnv
{
    /// <summary>The fork rules of the block.</summary>
    public required ForkRules Rules { get; init; }

    /// <summary>Chain id.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Block number.</summary>
    public required ulong Number { get; init; }

    /// <summary>Block time in Unix seconds.</summary>
    public required ulong Timestamp { get; init; }

    /// <summary>Fee recipient.</summary>
    public required Address Coinbase { get; init; }

    /// <summary>Block gas limit.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Base fee in wei per gas (EIP-1559); zero before London.</summary>
    public UInt256 BaseFee { get; init; }

    /// <summary>Difficulty; replaced by <see cref="PrevRandao"/> since Paris.</summary>
    public UInt256 Difficulty { get; init; }

    /// <summary>The RANDAO value of the beacon chain (EIP-4399).</summary>
    public Hash256 PrevRandao { get; init; }

    /// <summary>Excess blob gas (EIP-4844); zero before Cancun.</summary>
    public ulong ExcessBlobGas { get; init; }

    /// <summary>Blob base fee in wei per blob gas; computed from <see cref="ExcessBlobGas"/> on each call.</summary>
    public UInt256 BlobBaseFee => BlobFee.Of(ExcessBlobGas, Rules.Blobs);

    /// <summary>Creates the environment of the block with this header.</summary>
    /// <param name="header">The header of the block itself.</param>
    /// <param name="rules">The fork rules of the block.</param>
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
