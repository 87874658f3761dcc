namespace Mempulse.Primitives.Events;

/// <summary>EIP-2718 transaction types.</summary>
public enum TxType
{
    /// <summary>Untyped, with or without EIP-155 replay protection.</summary>
    Legacy = 0,

    /// <summary>EIP-2930.</summary>
    AccessList = 1,

    /// <summary>EIP-1559.</summary>
    DynamicFee = 2,

    /// <summary>EIP-4844.</summary>
    Blob = 3,

    /// <summary>EIP-7702.</summary>
    SetCode = 4,
}
