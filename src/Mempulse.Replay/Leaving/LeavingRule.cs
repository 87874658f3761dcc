using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Leaving;

/// <summary>Applies departures of transactions from the pools of sources. A transaction is Left once no source has it; a sighting returns it.</summary>
/// <remarks>It keeps its nonce and its place in the waiting list meanwhile: nodes that are not asked may still have it, and a block may include it.</remarks>
internal sealed class LeavingRule(TxTable txs, TransitionLog log, PoolHolders holders)
{
    public void Apply(in RecordView fact)
    {
        if (!txs.TryFind(fact.TxKey, out var tx) || !tx.IsWaiting)
        {
            return; // a block has it, or it was settled here before
        }

        txs.Changing(tx);
        tx.Leavings ??= new TxLeavings();
        tx.Leavings.Add(fact.Source);
        if (!tx.IsLeft && !holders.IsHeld(tx))
        {
            var from = tx.State;
            txs.SetLeft(tx, isLeft: true);
            log.Vanished(tx, from);
        }
    }

    /// <summary>A source announced a transaction that had left it or another source.</summary>
    public void Return(TxEntry tx, SourceId source)
    {
        txs.Changing(tx);
        bool hadLeft = tx.IsLeft;
        tx.Leavings!.Remove(source);
        txs.SetLeft(tx, isLeft: false);
        if (tx.Leavings.Count == 0)
        {
            tx.Leavings = null;
        }

        if (hadLeft)
        {
            log.Returned(tx);
        }
    }
}
