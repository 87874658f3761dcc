using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>The outcome of executing a transaction. A closed hierarchy, and total: every input has an outcome, never an exception.</summary>
public abstract record TxExecution
{
    private TxExecution()
    {
    }

    /// <summary>The transaction is invalid in this block and changed nothing.</summary>
    public sealed record Invalid(TxRejection Reason) : TxExecution;

    /// <summary>A part of the state is missing.</summary>
    public sealed record StateMissing(State.StateGap Gap) : TxExecution;

    /// <summary>A limit of <see cref="RunLimits"/> ended the execution; its outcome without the limit is unknown.</summary>
    public sealed record LimitExceeded(RunLimit Limit) : TxExecution;

    /// <summary>The transaction was executed and charged; it succeeded, reverted or halted.</summary>
    /// <param name="Status">How the outermost frame ended.</param>
    /// <param name="GasUsed">Gas charged, after refunds.</param>
    /// <param name="GasRefunded">Refunded gas.</param>
    /// <param name="Output">Return or revert data; the deployed code of a creation.</param>
    /// <param name="Created">Address of the created contract; null for a call or a failed creation.</param>
    public sealed record Executed(Status Status, ulong GasUsed, ulong GasRefunded, ReadOnlyMemory<byte> Output, Address? Created) : TxExecution
    {
        /// <summary>True when the transaction succeeded and its state changes are kept.</summary>
        public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;
    }
}
