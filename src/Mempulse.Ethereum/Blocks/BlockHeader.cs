using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Blocks;

/// <summary>A block header of any fork through Osaka. An optional field is set from its fork on, and never without the optional fields before it.</summary>
public sealed record BlockHeader
{
    /// <summary>Size of <see cref="LogsBloom"/> in bytes.</summary>
    public const int BloomBytes = 256;

    /// <summary>Hash of the parent block.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Hash of the list of uncles.</summary>
    public required Hash256 OmmersHash { get; init; }

    /// <summary>The account that receives the priority fees.</summary>
    public required Address FeeRecipient { get; init; }

    /// <summary>Root of the state trie after the block.</summary>
    public required Hash256 StateRoot { get; init; }

    /// <summary>Root of the transactions trie.</summary>
    public required Hash256 TransactionsRoot { get; init; }

    /// <summary>Root of the receipts trie.</summary>
    public required Hash256 ReceiptsRoot { get; init; }

    /// <summary>Bloom filter over addresses and topics of the block's logs, 256 bytes.</summary>
    public required ReadOnlyMemory<byte> LogsBloom { get; init; }

    /// <summary>Proof-of-work difficulty; 0 since the merge.</summary>
    public required UInt256 Difficulty { get; init; }

    /// <summary>The block's height.</summary>
    public required BlockNumber Number { get; init; }

    /// <summary>Gas that the block's transactions may use at most, inclusive.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>Gas that the block's transactions used.</summary>
    public required Gas GasUsed { get; init; }

    /// <summary>Block time in seconds since the Unix epoch.</summary>
    public required ulong TimestampSeconds { get; init; }

    /// <summary>Arbitrary bytes of the block's builder, at most 32 on mainnet.</summary>
    public required ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>Ethash mix hash before the merge, the beacon chain's RANDAO since (EIP-4399).</summary>
    public required Hash256 MixHash { get; init; }

    /// <summary>Ethash nonce, as a big-endian number; 0 since the merge.</summary>
    public required ulong PowNonce { get; init; }

    /// <summary>Base fee per gas. EIP-1559, London.</summary>
    public Wei? BaseFeePerGas { get; init; }

    /// <summary>Root of the withdrawals trie. EIP-4895, Shanghai.</summary>
    public Hash256? WithdrawalsRoot { get; init; }

    /// <summary>Blob gas that the block's transactions used. EIP-4844, Cancun.</summary>
    public Gas? BlobGasUsed { get; init; }

    /// <summary>Running excess of blob gas over the target, before the block. EIP-4844, Cancun.</summary>
    public Gas? ExcessBlobGas { get; init; }

    /// <summary>Root of the parent beacon block. EIP-4788, Cancun.</summary>
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>Hash of the execution layer requests. EIP-7685, Prague.</summary>
    public Hash256? RequestsHash { get; init; }

    /// <summary>Computes the block's hash, Keccak-256 of the header's encoding, anew at each call.</summary>
    public Hash256 ComputeHash()
    {
        var encoded = new ByteBuffer(1024);
        HeaderCodec.Encode(this, encoded);
        return Keccak256.Hash(encoded.WrittenSpan);
    }
}
