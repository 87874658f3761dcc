namespace Mempulse.Evm.BlockProcessing;

/// <summary>What is wrong with a block, before any of it is executed.</summary>
public enum BlockFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It builds on another block.</summary>
    ParentHash = 1,

    /// <summary>Its number is not the one after its parent's.</summary>
    Number = 2,

    /// <summary>It is no later than its parent.</summary>
    Timestamp = 3,

    /// <summary>Its gas limit is too far from its parent's, or out of bounds.</summary>
    GasLimit = 4,

    /// <summary>It used more gas than it has.</summary>
    GasUsed = 5,

    /// <summary>Its extra data is too long.</summary>
    ExtraData = 6,

    /// <summary>Its header lacks a field of its fork, or has one of a later fork.</summary>
    Fields = 7,

    /// <summary>Its base fee does not follow from its parent (EIP-1559).</summary>
    BaseFee = 8,

    /// <summary>Its blob gas is not that of whole blobs, or of more than it may have (EIP-4844).</summary>
    BlobGasUsed = 9,

    /// <summary>Its excess blob gas does not follow from its parent (EIP-4844, EIP-7918).</summary>
    ExcessBlobGas = 10,

    /// <summary>It claims work after the merge, or none before it (EIP-3675).</summary>
    Difficulty = 11,

    /// <summary>It has a nonce after the merge (EIP-3675).</summary>
    PowNonce = 12,

    /// <summary>It has uncles after the merge (EIP-3675), or more than a block may.</summary>
    Ommers = 13,

    /// <summary>Its transactions are not those that its header commits to.</summary>
    TransactionsRoot = 14,

    /// <summary>Its uncles are not those that its header commits to.</summary>
    OmmersHash = 15,

    /// <summary>Its withdrawals are not those that its header commits to (EIP-4895).</summary>
    WithdrawalsRoot = 16,

    /// <summary>It is too long (EIP-7934).</summary>
    Size = 17,
}
