namespace Mempulse.ChainState;

/// <summary>What a node says about a transaction.</summary>
public enum TxStatementKind
{
    /// <summary>It does not know the transaction.</summary>
    Absent,

    /// <summary>It has the transaction, in no block.</summary>
    Pending,

    /// <summary>It has the transaction in a block.</summary>
    Included,

    /// <summary>It refuses to answer, or its answer is not a transaction with this hash.</summary>
    Refused,

    /// <summary>It does not answer.</summary>
    Unreachable,
}
