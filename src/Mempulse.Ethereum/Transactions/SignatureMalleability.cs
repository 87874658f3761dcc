namespace Mempulse.Ethereum.Transactions;

/// <summary>Whether a signature with a high s (the malleated form, n - s) is accepted.</summary>
public enum SignatureMalleability
{
    /// <summary>Only a low s is accepted, as EIP-2 requires since Homestead.</summary>
    LowSOnly,

    /// <summary>Any s is accepted, as in Frontier.</summary>
    AnyS,
}
