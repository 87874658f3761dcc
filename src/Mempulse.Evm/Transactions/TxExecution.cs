using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>How the execution of a transaction came out. Total: every input leads to one of these.</summary>
public abstract record TxExecution
{
    private TxExecution()
    {
    }

    /// <summary>It is invalid in this block and changed nothing.</summary>
    public sealed record Invalid(TxRejection Reason) : TxExecution;

    /// <summary>The state reader did not know something; <see cref="State.WorldState.Gap"/> names it.</summary>
    public sealed record StateMissing(State.StateGap Gap) : TxExecution;

    /// <summary>A limit of the caller's ended it; nothing can be said of how it would have come out.</summary>
    public sealed record LimitExceeded(RunLimit Limit) : TxExecution;

    /// <summary>It ran: with success, by revert or by halt, and was paid for.</summary>
    /// <param name="Status">How its outermost frame ended.</param>
    /// <param name="GasUsed">Gas paid for, refunds taken off.</param>
    /// <param name="GasRefunded">What was taken off, in gas.</param>
    /// <param name="Output">What it returned or reverted with; the code of a new contract.</param>
    /// <param name="Created">The new contract.</param>
    public sealed record Executed(Status Status, ulong GasUsed, ulong GasRefunded, ReadOnlyMemory<byte> Output, Address? Created) : TxExecution
    {
        /// <summary>True when its changes stand.</summary>
        public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;
    }
}
