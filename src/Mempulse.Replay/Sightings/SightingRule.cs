using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Sightings;

/// <summary>Takes in sightings: who showed a transaction, and who was first. They never change the status of one that is known.</summary>
internal sealed class SightingRule(MempoolState state)
{
    public void Apply(in RecordView fact)
    {
        var hash = fact.TxKey;
        var source = state.Sources.Of(fact.Source);
        bool isFirst = false;
        if (state.TryFind(hash, out var tx) || TryAdmit(hash, fact, out tx))
        {
            isFirst = tx.Sightings.Add(fact.Source, fact.Timestamp);
            state.Changed(tx);
        }

        if (source is null)
        {
            state.Chain.UnlistedSightings++;
            return;
        }

        source.Sightings++;
        source.Firsts += isFirst ? 1ul : 0;
        state.Changed(source);
    }

    /// <summary>A hash not seen before begins a life; one that settled lately does not begin another.</summary>
    private bool TryAdmit(in Primitives.Hash256 hash, in RecordView fact, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TxEntry? tx)
    {
        if (state.TryFindSettled(hash, out _))
        {
            tx = null;
            return false;
        }

        tx = state.Admit(hash, fact);
        state.BeginWait(tx);
        state.Moved(TxState.Unknown, TxState.Seen);
        return true;
    }
}
