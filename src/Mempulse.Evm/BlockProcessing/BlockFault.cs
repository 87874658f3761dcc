namespace Mempulse.Evm.BlockProcessing;

/// <summary>The rule that a block violates before execution.</summary>
public enum BlockFault
{
    /// <summary>No rule is violated.</summary>
    None = 0,

    /// <summary>The parent hash is not the hash of the given parent.</summary>
    ParentHash = 1,

    /// <summary>The number is not the parent's plus one.</summary>
    Number = 2,

    /// <summary>The timestamp is not later than the parent's.</summary>
    Timestamp = 3,

    /// <summary>The gas limit is out of bounds, or too far from the parent's.</summary>
    GasLimit = 4,

    /// <summary>The gas used exceeds the gas limit.</summary>
    GasUsed = 5,

    /// <summary>The extra data is too long, or is not that of the DAO fork in one of its first ten blocks (EIP-779).</summary>
    ExtraData = 6,

    /// <summary>The header lacks a field of its fork, or has a field of a later fork.</summary>
    Fields = 7,

    /// <summary>The base fee does not follow from the parent (EIP-1559).</summary>
    BaseFee = 8,

    /// <summary>The blob gas used is not a multiple of the gas per blob, or exceeds the maximum (EIP-4844).</summary>
    BlobGasUsed = 9,

    /// <summary>The excess blob gas does not follow from the parent (EIP-4844, EIP-7918).</summary>
    ExcessBlobGas = 10,

    /// <summary>The difficulty is not zero after the Merge, or zero before it (EIP-3675).</summary>
    Difficulty = 11,

    /// <summary>The proof-of-work nonce is not zero after the Merge (EIP-3675).</summary>
    PowNonce = 12,

    /// <summary>There are ommers after the Merge (EIP-3675), or more than two.</summary>
    Ommers = 13,

    /// <summary>The transactions do not match the header's transactions root.</summary>
    TransactionsRoot = 14,

    /// <summary>The ommers do not match the header's ommers hash.</summary>
    OmmersHash = 15,

    /// <summary>The withdrawals do not match the header's withdrawals root (EIP-4895).</summary>
    WithdrawalsRoot = 16,

    /// <summary>The encoded block is too long (EIP-7934).</summary>
    Size = 17,
}
