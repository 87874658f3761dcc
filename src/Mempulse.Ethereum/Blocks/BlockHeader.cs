using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Blocks;

/// <summary>A block header of any fork through Osaka. Each optional field is there from its fork on, and never without those before it.</summary>
public sealed record BlockHeader
{
    /// <summary>Length of <see cref="LogsBloom"/>.</summary>
    public const int BloomBytes = 256;

    /// <summary>Hash of the block before it.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Hash of the list of uncles.</summary>
    public required Hash256 OmmersHash { get; init; }

    /// <summary>Who earns its fees.</summary>
    public required Address FeeRecipient { get; init; }

    /// <summary>Root of the state after it.</summary>
    public required Hash256 StateRoot { get; init; }

    /// <summary>Root of the trie of its transactions.</summary>
    public required Hash256 TransactionsRoot { get; init; }

    /// <summary>Root of the trie of its receipts.</summary>
    public required Hash256 ReceiptsRoot { get; init; }

    /// <summary>Bloom filter over addresses and topics of its logs, 256 bytes.</summary>
    public required ReadOnlyMemory<byte> LogsBloom { get; init; }

    /// <summary>Work it needed; 0 since the merge.</summary>
    public required UInt256 Difficulty { get; init; }

    /// <summary>Its height.</summary>
    public required BlockNumber Number { get; init; }

    /// <summary>Most gas its transactions may use.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>Gas its transactions used.</summary>
    public required Gas GasUsed { get; init; }

    /// <summary>Seconds since the Unix epoch.</summary>
    public required ulong TimestampSeconds { get; init; }

    /// <summary>Free bytes of its builder, at most 32 on mainnet.</summary>
    public required ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>Ethash mix before the merge, the beacon chain's RANDAO since (EIP-4399).</summary>
    public required Hash256 MixHash { get; init; }

    /// <summary>Ethash nonce, as a big-endian number; 0 since the merge.</summary>
    public required ulong PowNonce { get; init; }

    /// <summary>EIP-1559, London.</summary>
    public Wei? BaseFeePerGas { get; init; }

    /// <summary>EIP-4895, Shanghai.</summary>
    public Hash256? WithdrawalsRoot { get; init; }

    /// <summary>EIP-4844, Cancun.</summary>
    public Gas? BlobGasUsed { get; init; }

    /// <summary>EIP-4844, Cancun.</summary>
    public Gas? ExcessBlobGas { get; init; }

    /// <summary>EIP-4788, Cancun.</summary>
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>EIP-7685, Prague.</summary>
    public Hash256? RequestsHash { get; init; }

    /// <summary>The block's hash: keccak256 of the header's encoding; computed at each call.</summary>
    public Hash256 ComputeHash()
    {
        var encoded = new ByteBuffer(1024);
        HeaderCodec.Encode(this, encoded);
        return Keccak256.Hash(encoded.WrittenSpan);
    }
}
