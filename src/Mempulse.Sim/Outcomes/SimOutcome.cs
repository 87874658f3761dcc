using System.Diagnostics;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Sim.Outcomes;

/// <summary>How a simulation came out. Total: every request over every state leads to one of these, and never to an exception.</summary>
public abstract record SimOutcome
{
    private SimOutcome()
    {
    }

    /// <summary>Its kind in one word.</summary>
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

    /// <summary>Every transaction ran; those that may revert perhaps did.</summary>
    public sealed record Ok : SimOutcome;

    /// <summary>A transaction is none.</summary>
    /// <param name="Index">Which one, from 0.</param>
    /// <param name="Problem">Why, in a sentence.</param>
    public sealed record UndecodableTransaction(int Index, string Problem) : SimOutcome;

    /// <summary>A transaction is invalid in the block.</summary>
    /// <param name="Index">Which one, from 0.</param>
    /// <param name="Reason">The rule it breaks.</param>
    public sealed record InvalidTransaction(int Index, TxRejection Reason) : SimOutcome;

    /// <summary>A transaction that must succeed reverted.</summary>
    /// <param name="Index">Which one, from 0.</param>
    /// <param name="Reason">What it said.</param>
    public sealed record Reverted(int Index, RevertReason Reason) : SimOutcome;

    /// <summary>A transaction that must succeed halted.</summary>
    /// <param name="Index">Which one, from 0.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Halted(int Index, Status Reason) : SimOutcome;

    /// <summary>A part of the state is not known.</summary>
    public sealed record StateMissing(StateGap Gap) : SimOutcome
    {
        /// <summary>Why.</summary>
        public GapCause Cause { get; init; }
    }

    /// <summary>A node told something that its block's state root disproves.</summary>
    /// <param name="Address">Of which account.</param>
    /// <param name="Slot">Of which slot; null for the account itself or its code.</param>
    /// <param name="Detail">What differs, in a sentence.</param>
    public sealed record StateMismatch(Address Address, UInt256? Slot, string Detail) : SimOutcome;

    /// <summary>A bound was reached; nothing can be said of how it would have come out.</summary>
    /// <param name="Limit">Which one.</param>
    /// <param name="Index">At which transaction, from 0.</param>
    public sealed record LimitExceeded(SimLimit Limit, int Index) : SimOutcome;
}
