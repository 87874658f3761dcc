namespace Mempulse.Ethereum.Transactions;

/// <summary>Which of the two encodings of a blob transaction is expected; all other types have one form only.</summary>
public enum TxForm
{
    /// <summary>As in a block: without blobs.</summary>
    Consensus,

    /// <summary>As sent between mempools: wrapped with blobs, commitments and proofs (EIP-4844, EIP-7594).</summary>
    Network,

    /// <summary>Either form, detected from the bytes; nodes differ in which one they return.</summary>
    Any,
}
