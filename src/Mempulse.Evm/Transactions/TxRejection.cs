namespace Mempulse.Evm.Transactions;

/// <summary>Why a transaction is invalid in its block: it changes nothing and no block may contain it.</summary>
public enum TxRejection
{
    /// <summary>It is valid.</summary>
    None = 0,

    /// <summary>Its type came with a later fork.</summary>
    TypeNotSupported = 1,

    /// <summary>It names another chain (EIP-155).</summary>
    WrongChain = 2,

    /// <summary>It does not pay for itself before it begins.</summary>
    IntrinsicGasTooLow = 3,

    /// <summary>Its gas limit is below the floor that its data puts (EIP-7623).</summary>
    GasBelowFloor = 4,

    /// <summary>It wants more gas than the block has left.</summary>
    GasAboveBlock = 5,

    /// <summary>It wants more gas than a transaction may (EIP-7825).</summary>
    GasAboveCap = 6,

    /// <summary>Its fee cap is below the base fee (EIP-1559).</summary>
    FeeCapBelowBaseFee = 7,

    /// <summary>Its tip is above its fee cap (EIP-1559).</summary>
    TipAboveFeeCap = 8,

    /// <summary>The most it could cost does not fit 256 bits.</summary>
    CostOverflow = 9,

    /// <summary>The sender has less than the most it could cost.</summary>
    InsufficientFunds = 10,

    /// <summary>The sender is a contract (EIP-3607).</summary>
    SenderIsContract = 11,

    /// <summary>The nonce was used.</summary>
    NonceTooLow = 12,

    /// <summary>Transactions before it are missing.</summary>
    NonceTooHigh = 13,

    /// <summary>The sender's nonce is at its end (EIP-2681).</summary>
    NonceAtEnd = 14,

    /// <summary>Its initcode is too long (EIP-3860).</summary>
    InitcodeTooLarge = 15,

    /// <summary>A blob transaction without blobs (EIP-4844).</summary>
    NoBlobs = 16,

    /// <summary>More blobs than a block (EIP-4844) or a transaction (EIP-7594) may have.</summary>
    TooManyBlobs = 17,

    /// <summary>A versioned hash of an unknown version (EIP-4844).</summary>
    BlobVersion = 18,

    /// <summary>Its cap on the blob fee is below the blob base fee (EIP-4844).</summary>
    BlobFeeCapTooLow = 19,

    /// <summary>A blob transaction that creates (EIP-4844).</summary>
    BlobCreates = 20,

    /// <summary>A set-code transaction without authorisations (EIP-7702).</summary>
    NoAuthorizations = 21,

    /// <summary>A set-code transaction that creates (EIP-7702).</summary>
    SetCodeCreates = 22,
}
