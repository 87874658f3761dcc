namespace Mempulse.Ethereum.Validity;

/// <summary>Why a well-formed transaction is invalid under a fork's rules, regardless of state.</summary>
public enum TxInvalidity
{
    /// <summary>The transaction is valid as far as can be checked without state.</summary>
    None = 0,

    /// <summary>The transaction type does not exist in the fork.</summary>
    TypeNotSupported,

    /// <summary>The transaction has a chain id before EIP-155.</summary>
    ReplayProtectionNotSupported,

    /// <summary>s is above half the order of the curve (EIP-2).</summary>
    HighS,

    /// <summary>The gas limit is below the intrinsic gas or the floor of EIP-7623.</summary>
    IntrinsicGas,

    /// <summary>The gas limit is above the cap of EIP-7825.</summary>
    GasLimitTooHigh,

    /// <summary>The priority fee cap is above the fee cap (EIP-1559).</summary>
    TipAboveFeeCap,

    /// <summary>Gas limit times fee cap does not fit 256 bits.</summary>
    CostOverflow,

    /// <summary>The init code is larger than EIP-3860 allows.</summary>
    InitcodeTooLarge,

    /// <summary>The transaction has more blobs than EIP-7594 allows.</summary>
    TooManyBlobs,
}
