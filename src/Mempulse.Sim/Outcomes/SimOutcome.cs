using System.Diagnostics;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Sim.Outcomes;

/// <summary>The outcome of a simulation. A closed hierarchy, and total: every request over every state has an outcome, never an exception.</summary>
public abstract record SimOutcome
{
    private SimOutcome()
    {
    }

    /// <summary>The category of the failure.</summary>
    public FailureCategory Category => this switch
    {
        Ok => FailureCategory.None,
        InvalidTransaction or UndecodableTransaction => FailureCategory.Invalid,
        Reverted => FailureCategory.Revert,
        Halted => FailureCategory.Halt,
        StateMissing => FailureCategory.StateMissing,
        StateMismatch => FailureCategory.StateMismatch,
        LimitExceeded => FailureCategory.Limit,
        _ => throw new UnreachableException(),
    };

    /// <summary>Every transaction was executed; those that may revert may have reverted.</summary>
    public sealed record Ok : SimOutcome;

    /// <summary>The bytes of a transaction do not decode.</summary>
    /// <param name="Index">Zero-based index of the transaction.</param>
    /// <param name="Problem">The decoding error, in one sentence.</param>
    public sealed record UndecodableTransaction(int Index, string Problem) : SimOutcome;

    /// <summary>A transaction cannot be included in the block.</summary>
    /// <param name="Index">Zero-based index of the transaction.</param>
    /// <param name="Reason">The violated validity rule.</param>
    public sealed record InvalidTransaction(int Index, TxRejection Reason) : SimOutcome;

    /// <summary>A transaction that must succeed reverted.</summary>
    /// <param name="Index">Zero-based index of the transaction.</param>
    /// <param name="Reason">The decoded revert reason.</param>
    public sealed record Reverted(int Index, RevertReason Reason) : SimOutcome;

    /// <summary>A transaction that must succeed halted exceptionally.</summary>
    /// <param name="Index">Zero-based index of the transaction.</param>
    /// <param name="Reason">The status of the exceptional halt.</param>
    public sealed record Halted(int Index, Status Reason) : SimOutcome;

    /// <summary>A part of the state is missing.</summary>
    public sealed record StateMissing(StateGap Gap) : SimOutcome
    {
        /// <summary>Why it is missing.</summary>
        public GapCause Cause { get; init; }
    }

    /// <summary>A node returned state that the state root of its block disproves.</summary>
    /// <param name="Address">The account.</param>
    /// <param name="Slot">The storage slot; null when the account itself or its code is disproved.</param>
    /// <param name="Detail">The difference, in one sentence.</param>
    public sealed record StateMismatch(Address Address, UInt256? Slot, string Detail) : SimOutcome;

    /// <summary>A limit was reached; the outcome without the limit is unknown.</summary>
    /// <param name="Limit">The limit.</param>
    /// <param name="Index">Zero-based index of the transaction that reached it.</param>
    public sealed record LimitExceeded(SimLimit Limit, int Index) : SimOutcome;
}
