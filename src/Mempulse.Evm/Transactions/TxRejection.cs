namespace Mempulse.Evm.Transactions;

/// <summary>Why a transaction is invalid in its block. An invalid transaction changes nothing, and no block may contain it.</summary>
public enum TxRejection
{
    /// <summary>The transaction is valid.</summary>
    None = 0,

    /// <summary>The transaction type is not defined in this fork.</summary>
    TypeNotSupported = 1,

    /// <summary>The chain id is that of another chain (EIP-155).</summary>
    WrongChain = 2,

    /// <summary>The gas limit is below the intrinsic gas.</summary>
    IntrinsicGasTooLow = 3,

    /// <summary>The gas limit is below the floor cost of the call data (EIP-7623).</summary>
    GasBelowFloor = 4,

    /// <summary>The gas limit exceeds the remaining gas of the block.</summary>
    GasAboveBlock = 5,

    /// <summary>The gas limit exceeds the cap per transaction (EIP-7825).</summary>
    GasAboveCap = 6,

    /// <summary>The maximum fee is below the base fee (EIP-1559).</summary>
    FeeCapBelowBaseFee = 7,

    /// <summary>The maximum priority fee exceeds the maximum fee (EIP-1559).</summary>
    TipAboveFeeCap = 8,

    /// <summary>The maximum cost exceeds 256 bits.</summary>
    CostOverflow = 9,

    /// <summary>The sender's balance is below the maximum cost.</summary>
    InsufficientFunds = 10,

    /// <summary>The sender has code that is not a delegation (EIP-3607, EIP-7702).</summary>
    SenderIsContract = 11,

    /// <summary>The nonce is already used.</summary>
    NonceTooLow = 12,

    /// <summary>The nonce is above the sender's next nonce.</summary>
    NonceTooHigh = 13,

    /// <summary>The nonce of the transaction or its sender is 2^64 - 1 (EIP-2681).</summary>
    NonceAtEnd = 14,

    /// <summary>The initcode is too long (EIP-3860).</summary>
    InitcodeTooLarge = 15,

    /// <summary>A blob transaction has no blobs (EIP-4844).</summary>
    NoBlobs = 16,

    /// <summary>There are more blobs than the block (EIP-4844) or a transaction (EIP-7594) allows.</summary>
    TooManyBlobs = 17,

    /// <summary>A blob hash has an unknown version (EIP-4844).</summary>
    BlobVersion = 18,

    /// <summary>The maximum blob fee is below the blob base fee (EIP-4844).</summary>
    BlobFeeCapTooLow = 19,

    /// <summary>A blob transaction has no recipient (EIP-4844).</summary>
    BlobCreates = 20,

    /// <summary>A set-code transaction has no authorisations (EIP-7702).</summary>
    NoAuthorizations = 21,

    /// <summary>A set-code transaction has no recipient (EIP-7702).</summary>
    SetCodeCreates = 22,
}
