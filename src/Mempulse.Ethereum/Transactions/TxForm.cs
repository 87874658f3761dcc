namespace Mempulse.Ethereum.Transactions;

/// <summary>Which of the two encodings of a blob transaction is expected. All other types have one form only.</summary>
public enum TxForm
{
    /// <summary>As it stands in a block: without blobs.</summary>
    Consensus,

    /// <summary>As it travels between pools: wrapped with blobs, commitments and proofs (EIP-4844, EIP-7594).</summary>
    Network,

    /// <summary>Either, told apart by the bytes: some nodes answer with the one, some with the other.</summary>
    Any,
}
