using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Transitions;

/// <summary>The one place that announces status changes: each method derives one event, updates the counts, and writes the change feed.</summary>
/// <remarks>The rules call it after they changed the state; "from" is the state last announced.</remarks>
internal sealed class TransitionLog(TxTable txs)
{
    private DerivedEvents _derived = null!; // Begin sets it before any rule runs

    /// <summary>Starts a round, which announces each transaction at most once, whichever rule reaches it first.</summary>
    public ulong Round { get; private set; } = 1;

    public void Begin(DerivedEvents derived) => _derived = derived;

    public void EndRound() => Round++;

    /// <summary>A transaction was placed among the waiting ones, or moved there.</summary>
    public void StateChanged(TxEntry tx, TxState from, TxState to, Hash256? replaces)
    {
        txs.Moved(tx, from, to);
        tx.AnnouncedInRound = Round;
        _derived.AddStateChanged(tx.Hash, tx.Account!.Address, from, to, replaces);
    }

    public void Replaced(TxEntry tx, TxState from)
    {
        txs.Moved(tx, from, TxState.Replaced);
        _derived.Add(new LogEvent.TxReplaced(
            tx.Hash, tx.Account!.Address, from, tx.ReplacedBy, new Nonce(tx.Nonce), tx.Outcome == TxOutcome.NonceUsed));
    }

    public void Included(TxEntry tx, BlockRef block, TxState from)
    {
        txs.Moved(tx, from, TxState.Included);
        _derived.AddIncluded(tx.Hash, block.Hash, tx.Account!.Address, from, block.Number, tx.IndexInBlock, tx.Execution);
    }

    /// <summary>A receipt changed what is known of an inclusion; the state stays.</summary>
    public void OutcomeKnown(TxEntry tx, BlockRef block, ExecutionOutcome from, Gas gasUsed) => _derived.Add(new LogEvent.TxOutcomeKnown(
        tx.Hash, block.Hash, tx.Account!.Address, block.Number, from, tx.Execution, gasUsed, !tx.IsExecutionUnverified));

    public void Reopened(TxEntry tx, BlockRef left)
    {
        var to = tx.State;
        txs.Moved(tx, TxState.Included, to);
        tx.AnnouncedInRound = Round;
        _derived.Add(new LogEvent.TxReopened(tx.Hash, left.Hash, tx.Account!.Address, left.Number, to));
    }

    public void Confirmed(TxEntry tx, BlockRef block)
    {
        txs.Moved(tx, TxState.Included, TxState.Confirmed);
        _derived.AddConfirmed(tx.Hash, block.Hash, tx.Account!.Address, block.Number);
    }

    public void Vanished(TxEntry tx, TxState from)
    {
        txs.Moved(tx, from, TxState.Left);
        _derived.Add(new LogEvent.TxVanished(tx.Hash, from, tx.Leavings!.Count));
    }

    public void Returned(TxEntry tx)
    {
        txs.Moved(tx, TxState.Left, tx.State);
        _derived.Add(new LogEvent.TxReturned(tx.Hash, tx.State));
    }

    public void Expired(TxEntry tx, TxState from, ulong waitedSeconds)
    {
        txs.Moved(tx, from, TxState.Expired);
        _derived.Add(new LogEvent.TxExpired(tx.Hash, from, waitedSeconds));
    }
}
