namespace Mempulse.Ethereum.Transactions;

/// <summary>Whether a signature's second form (n - s) is accepted.</summary>
public enum SignatureMalleability
{
    /// <summary>Only the low s, as EIP-2 demands since Homestead.</summary>
    LowSOnly,

    /// <summary>Either, as in Frontier.</summary>
    AnyS,
}
