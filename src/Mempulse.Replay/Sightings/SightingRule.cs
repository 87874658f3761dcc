using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Leaving;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Settling;

namespace Mempulse.Replay.Sightings;

/// <summary>A sighting begins a transaction's life and changes nothing about a known one; the observations record who announced it.</summary>
internal sealed class SightingRule(TxTable txs, CanonicalWindow window, Departures departures, LeavingRule leaving, FactSubjects subjects)
{
    public void Apply(in RecordView fact)
    {
        var hash = fact.TxKey;
        if (txs.TryFind(hash, out var tx) && !tx.IsAbandoned)
        {
            subjects.Sighted = tx;
            if (tx.Leavings is not null)
            {
                leaving.Return(tx, fact.Source);
            }
        }
        else if (tx is null && txs.TryFindSettled(hash, out var settled))
        {
            subjects.SightedEnd = settled.State; // a recently settled transaction does not start another life
        }
        else
        {
            if (tx is not null)
            {
                departures.Leave(tx); // confirmed on an abandoned chain; this one may include it too
            }

            tx = txs.Admit(hash, fact.Timestamp);
            txs.BeginWait(tx, window.TimeSeconds);
            txs.Moved(tx, TxState.Unknown, TxState.Seen);
            subjects.Sighted = tx;
        }
    }
}
