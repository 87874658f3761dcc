namespace Mempulse.Ethereum.Validity;

/// <summary>Why a well-formed transaction is invalid under a fork's rules, whatever the state.</summary>
public enum TxInvalidity
{
    /// <summary>It is valid as far as this can be told without state.</summary>
    None = 0,

    /// <summary>Its type does not exist yet.</summary>
    TypeNotSupported,

    /// <summary>It carries a chain id before EIP-155.</summary>
    ReplayProtectionNotSupported,

    /// <summary>s is in the upper half (EIP-2).</summary>
    HighS,

    /// <summary>The gas limit is below the intrinsic gas or the floor of EIP-7623.</summary>
    IntrinsicGas,

    /// <summary>The gas limit is above the cap of EIP-7825.</summary>
    GasLimitTooHigh,

    /// <summary>The tip is above the fee cap (EIP-1559).</summary>
    TipAboveFeeCap,

    /// <summary>Gas limit times fee cap needs more than 256 bits.</summary>
    CostOverflow,

    /// <summary>The init code is longer than EIP-3860 allows.</summary>
    InitcodeTooLarge,

    /// <summary>More blobs than one transaction may have (EIP-7594).</summary>
    TooManyBlobs,
}
